/**
 * Which process is which. A process id alone is not enough: ids are used again, so each is kept with its start time.
 * Plain JavaScript for Node 18 and later: the bootstrap needs it before anything is installed.
 * @typedef {{ pid: number, startedAt: string }} ProcessIdentity
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/** The fields of /proc/<pid>/stat after the command's name, which may itself hold spaces and brackets. */
function statOf(/** @type {number} */ pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function readSystem(/** @type {string} */ program, /** @type {string[]} */ args) {
  try {
    const output = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000 })
    return output.trim()
  } catch {
    return ''
  }
}

/**
 * When a process started, as a word to compare; undefined when there is no such process.
 * A zombie counts as gone: in a container nobody may ever collect it.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  if (process.platform === 'linux') {
    const fields = statOf(pid)
    if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined
    // Ticks since boot: the boot's id keeps yesterday's records from matching today's processes.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`
  }
  if (process.platform === 'win32') {
    return readSystem('powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`]) || undefined
  }
  const line = readSystem('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '')
}

/**
 * @param {number} pid
 * @returns {ProcessIdentity | undefined}
 */
export function identify(pid) {
  const startedAt = startOf(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** @param {ProcessIdentity | undefined} identity */
export function isAlive(identity) {
  return identity !== undefined && Number.isInteger(identity.pid) && startOf(identity.pid) === identity.startedAt
}

/**
 * True when the process was started to serve this folder: its working directory, or its command line where that cannot be read.
 * @param {number} pid
 * @param {string} folder its real path
 */
export function worksIn(pid, folder) {
  if (startOf(pid) === undefined) return false
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false
    }
  }
  return readSystem('ps', ['-o', 'command=', '-p', String(pid)]).includes(folder)
}

/**
 * Calls back once when the command that started this process is gone without a signal: npm passes SIGTERM to a shell that does
 * not pass it on, and a killed npm passes nothing. So the shell between, where there is one, is looked past.
 * @param {() => unknown} onGone
 */
export function watchParent(onGone) {
  const parent = process.ppid
  const grandparent = shellParent(parent)
  const timer = setInterval(() => {
    if (process.ppid === parent && (grandparent === undefined || shellParent(parent) === grandparent)) return
    clearInterval(timer)
    onGone()
  }, 500)
  timer.unref()
}

/** The parent of a shell; undefined when the process is no shell, or where the system does not say. */
function shellParent(/** @type {number} */ pid) {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    return /^(sh|dash|bash|ash|busybox)$/.test(name) ? Number(statOf(pid)?.[1]) : undefined
  } catch {
    return undefined
  }
}
