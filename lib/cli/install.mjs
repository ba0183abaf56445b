/** Dependencies and the pinned Node. Plain JavaScript for Node 18 and later: nothing is installed yet when it runs. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Fault, keepOutput, step } from './terminal.mjs'

const WANTED_MAJOR = 24
const isWindows = process.platform === 'win32'

/** What an install depends on: the lockfile, and the platform whose binaries it fetched. */
function installHash(/** @type {string} */ root) {
  const lockfile = readFileSync(path.join(root, 'package-lock.json'))
  return createHash('sha256').update(`${process.platform}-${process.arch}\n`).update(lockfile).digest('hex')
}

function readStamp(/** @type {string} */ file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
}

/**
 * Runs `npm ci` unless node_modules was installed from this very lockfile.
 * @param {string} root
 * @param {import('./lock.mjs').Lock} lock
 * @param {(stop: (signal: NodeJS.Signals) => void) => void} onChild how to end the install early
 */
export async function installDependencies(root, lock, onChild) {
  const stamp = path.join(root, 'node_modules', '.callside-install')
  const hash = installHash(root)
  if (readStamp(stamp) === hash) return
  await step('Installing dependencies (npm ci)', () => {
    rmSync(stamp, { force: true })
    // Development packages always: NODE_ENV=production would leave out what the tests need, and the stamp could not tell.
    const args = ['ci', '--include=dev', '--include=optional', '--no-progress']
    const child = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: isWindows })
    const output = keepOutput(child)
    if (child.pid) lock.share(child.pid)
    onChild((signal) => child.kill(signal))
    return new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new Fault(`npm could not be run (${error.message}). Install Node ${WANTED_MAJOR} with npm, then start again.`)))
      child.once('close', (code) => {
        if (code === 0) resolve(undefined)
        else reject(new Fault(`${output()}\n\nInstalling dependencies failed. Check the network and the message above, then run the same command again.`))
      })
    })
  })
  writeFileSync(stamp, `${hash}\n`)
}

function majorOf(/** @type {string} */ program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0)
}

/**
 * The Node that runs everything else: the pinned one, if it runs here, else the one that runs this, if it is new enough.
 * @param {string} root
 * @returns {string}
 */
export function findNode(root) {
  const system = isWindows ? 'win' : process.platform
  const names = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]
  const pinned = names.map((name) => path.join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node'))
  for (const program of pinned) {
    if (existsSync(program) && majorOf(program) >= WANTED_MAJOR) return program
  }
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath
  throw new Fault(
    `Callside runs on Node ${WANTED_MAJOR}, and there is no packaged one for ${process.platform}-${process.arch}. This is Node ${process.versions.node}: install Node ${WANTED_MAJOR} or newer from https://nodejs.org, then start again.`,
  )
}
