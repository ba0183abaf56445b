/** One embedded Postgres as a process: made, started, found again, stopped. */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chownSync, closeSync, existsSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { makePrivateFolder, type Place } from '#lib/cli/postgres-place.ts'
import { identify, isAlive, worksIn } from '#lib/cli/processes.mjs'
import { type ProcessIdentity, readRecord, writeRecord } from '#lib/cli/records.ts'
import { Fault } from '#lib/cli/terminal.mjs'
import { childEnvironment } from '#lib/env.ts'

export type ServerRecord = ProcessIdentity & { port: number; dataFolder: string }

export const SUPERUSER = 'postgres'

const POLL_MS = 40
const ANSWER_LIMIT_MS = 120_000
const FAST_STOP_LIMIT_MS = 25_000
const SEGMENT_LIMIT_MS = 20_000
const LOG_LIMIT_BYTES = 2_000_000
const isWindows = process.platform === 'win32'

// Below the range from which systems take ports for outgoing connections: a pool that tries again and again while the server is
// down could otherwise be given the server's own port.
const FIRST_PORT = 20_000
const LAST_PORT = 32_000

/** Given at each start, so that a change here reaches data folders that exist. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log is a file that anybody may be asked to send in: no values, no failing rows.
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
}

// Sorting and case come from Postgres itself, the same on every machine. What a letter is, trigrams still ask the system, by
// LC_CTYPE: the first of these that the system knows.
const CTYPES = ['C.UTF-8', 'en_US.UTF-8', 'C']

export const dataFolderOf = (place: Place) => path.join(place.folder, 'postgres')
const recordFile = (place: Place) => path.join(place.records, 'postgres.json')
const logFile = (place: Place) => path.join(place.folder, 'postgres.log')
const programOf = (place: Place, name: string) => path.join(place.binaries, 'bin', isWindows ? `${name}.exe` : name)

export function superuserUrl(port: number, password: string, database = 'postgres'): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** Nothing of ours but what a program needs to run: Postgres has no business with the application's secrets. */
const bareEnvironment = () => childEnvironment({ LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' }, isWindows ? undefined : {})

function spawnAs(place: Place, name: string, args: string[], stdio: 'pipe' | ['ignore', number, number]) {
  // The working directory is one that the account can enter, and by it the process can be told from another folder's.
  const cwd = place.folder
  return spawn(programOf(place, name), args, { cwd, env: bareEnvironment(), stdio, detached: !isWindows, windowsHide: true, ...place.account })
}

async function runInitdb(place: Place, target: string, passwordFile: string, ctype: string): Promise<string | undefined> {
  const child = spawnAs(
    place,
    'initdb',
    [
      `--pgdata=${target}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      `--lc-ctype=${ctype}`,
      '--data-checksums',
      '--no-instructions',
    ],
    'pipe',
  )
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(127)
    })
    child.once('close', (exitCode) => resolve(exitCode ?? 1))
  })
  return code === 0 ? undefined : output.trim()
}

/** Makes the data folder unless there is one. Made aside and renamed, so that half of one is never taken for one. */
export async function initialise(place: Place, password: string): Promise<void> {
  const target = dataFolderOf(place)
  if (existsSync(target)) return
  makePrivateFolder(place.folder, place.account)
  const draft = `${target}.draft`
  const passwordFile = `${target}.password`
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (place.account) chownSync(passwordFile, place.account.uid, place.account.gid)
    let problem: string | undefined
    for (const ctype of CTYPES) {
      rmSync(draft, { recursive: true, force: true })
      problem = await runInitdb(place, draft, passwordFile, ctype)
      if (!problem?.includes('invalid locale')) break
    }
    if (problem) {
      throw new Fault(
        `${problem}\n\nThe packaged Postgres could not make its data folder ${target}. Mend what it names above, or set DATABASE_URL to a Postgres 15 or newer.`,
      )
    }
    renameSync(draft, target)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT)
    if (await isFree(port)) return port
  }
}

/** What Postgres itself wrote down: pid on the first line, port on the fourth. */
function readPidFile(dataFolder: string): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) } : undefined
  } catch {
    return undefined
  }
}

/** The running Postgres of this place: as we recorded it, else as Postgres did, for a start that was killed before it could record. */
export function findRunning(place: Place): ServerRecord | undefined {
  const dataFolder = dataFolderOf(place)
  if (!existsSync(dataFolder)) return undefined
  const record = readRecord<ServerRecord>(recordFile(place))
  // A copied checkout brings the record of the original's Postgres.
  if (record?.dataFolder === dataFolder && isAlive(record)) return record
  const found = readPidFile(dataFolder)
  if (!found || !worksIn(found.pid, realpathSync(dataFolder))) return undefined
  const identity = identify(found.pid)
  if (!identity || !found.port) return undefined
  const adopted = { ...identity, port: found.port, dataFolder }
  writeRecord(recordFile(place), adopted)
  return adopted
}

/**
 * Postgres refuses to start while the pid in its file belongs to anybody: another program, after a restart of the machine, or the
 * killed server itself where nobody collects zombies. Its own parent it does not mind, so the pid becomes ours; the rest of the
 * file stays, because by it Postgres finds the memory that a killed server's children may still be using.
 */
function disownPidFile(dataFolder: string) {
  const file = path.join(dataFolder, 'postmaster.pid')
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)))
}

function openLog(place: Place): { log: number; length: number } {
  const file = logFile(place)
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`)
  const log = openSync(file, 'a', 0o600)
  return { log, length: statSync(file).size }
}

/** Starts Postgres on this port and waits until it answers. Call it only where none runs, with the place's lock held. */
export async function launch(place: Place, password: string, port: number): Promise<ServerRecord> {
  const dataFolder = dataFolderOf(place)
  const deadline = performance.now() + SEGMENT_LIMIT_MS
  for (;;) {
    disownPidFile(dataFolder)
    const { log, length } = openLog(place)
    const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawnAs(place, 'postgres', ['-D', dataFolder, ...settings], ['ignore', log, log])
    closeSync(log)
    let problem = ''
    child.once('error', (error) => {
      problem = error.message
    })
    const identity = child.pid === undefined ? undefined : identify(child.pid)
    child.unref()
    if (identity) {
      const record = { ...identity, port, dataFolder }
      writeRecord(recordFile(place), record)
      if (await hasAnswered(record, password)) return record
    } else {
      await sleep(POLL_MS)
    }
    const said = problem || readFileSync(logFile(place), 'utf8').slice(length).trim()
    // The killed one's last children are still letting go of their memory.
    if (said.includes('shared memory block') && performance.now() < deadline) {
      await sleep(250)
      continue
    }
    throw new Fault(`${said.slice(-2000)}\n\nThe embedded Postgres did not start. Mend what it names above; its log is ${logFile(place)}.`)
  }
}

/** Waits for an answer. False when the process ended instead. */
export async function hasAnswered(record: ServerRecord, password: string): Promise<boolean> {
  const deadline = performance.now() + ANSWER_LIMIT_MS
  while (performance.now() < deadline) {
    if (!isAlive(record)) return false
    const client = new pg.Client({ connectionString: superuserUrl(record.port, password), connectionTimeoutMillis: 2000, ssl: false })
    client.on('error', () => {})
    try {
      await client.connect()
      return true
    } catch (error) {
      const code = (error as { code?: string }).code
      if (code === '28P01' || code === '28000') {
        throw new Fault(
          'The embedded Postgres does not know the password in .data/secrets.json. Put the former file back, or remove the whole .data folder to begin with an empty demo.',
        )
      }
    } finally {
      await client.end().catch(() => {})
    }
    await sleep(POLL_MS)
  }
  throw new Fault(`The embedded Postgres (process ${record.pid}) does not answer. End that process, then start again: nothing that was saved is lost.`)
}

function signalServer(record: ServerRecord, signal: NodeJS.Signals) {
  try {
    if (isAlive(record)) process.kill(record.pid, signal)
  } catch {
    // It ended between the two.
  }
}

async function hasEnded(record: ServerRecord, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (isAlive(record)) {
    if (performance.now() > deadline) return false
    await sleep(POLL_MS)
  }
  return true
}

/** Fast: sessions are ended, everything committed is kept. Immediate only if that takes too long. */
export async function stopServer(place: Place, record: ServerRecord): Promise<void> {
  if (isWindows) spawnAs(place, 'pg_ctl', ['stop', '-D', record.dataFolder, '-m', 'fast'], 'pipe')
  else signalServer(record, 'SIGINT')
  if (!(await hasEnded(record, FAST_STOP_LIMIT_MS))) {
    stopAtOnce(record)
    if (!(await hasEnded(record, 5000))) throw new Fault(`The embedded Postgres (process ${record.pid}) does not stop. End it by hand.`)
  }
  rmSync(recordFile(place), { force: true })
}

/** Immediate: it recovers at its next start, with everything that was committed. */
export function stopAtOnce(record: ServerRecord) {
  signalServer(record, 'SIGQUIT')
}
