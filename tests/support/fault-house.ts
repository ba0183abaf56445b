/** A house whose server can be killed and started again on the same port. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import pg from 'pg'
import { findFreePort } from '#lib/cli/postgres-process.ts'
import { appUrlOf, type Config, childEnvironment } from '#lib/env.ts'
import type { House, ServeOrder, ServeReport } from './house.ts'

/** What a control takes out of the server: see `fault-switches.ts`. */
export type FaultSwitch = 'deaf pool' | 'listens once'

export type FaultHouseOptions = { pages?: boolean; without?: FaultSwitch }

export type FaultHouse = House & {
  /** Starts the server again, on its port. */
  start(): Promise<void>
  /** `kill -9`; settles when the process is gone. */
  kill(): Promise<void>
  /** True while the process that was started last is there. */
  isRunning(): boolean
  /** Settles with the exit code when the process ends, `null` where a signal ended it. */
  ended(): Promise<number | null>
}

const CHECKOUT = path.resolve(import.meta.dirname, '..', '..')
const START_ATTEMPTS = 5

async function startProcess(order: ServeOrder, without: FaultSwitch | undefined, onOutput: (text: string) => void): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, 'serve.ts'), [], {
    cwd: CHECKOUT,
    execArgv: without ? ['--import', path.join(import.meta.dirname, 'fault-switches.ts')] : [],
    env: childEnvironment({ NODE_OPTIONS: undefined, CALLSIDE_TEST_DATABASE_URL: undefined, CALLSIDE_FAULT_SWITCH: without }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput)
  child.send(order)
  const ended = once(child, 'exit').then((): ServeReport => ({ fault: 'the server ended before it was ready' }))
  const report = await Promise.race([once(child, 'message').then(([message]) => message as ServeReport), ended])
  if (!('fault' in report)) return child
  child.kill('SIGKILL')
  throw new Error(report.fault)
}

/** A port that no outgoing connection is ever given: clients ask for it again and again while nobody listens there. */
async function chooseConfig(databaseUrl: string): Promise<Config> {
  const port = await findFreePort()
  return {
    port,
    host: '127.0.0.1',
    origin: `http://127.0.0.1:${port}`,
    databaseUrl,
    appDatabaseUrl: appUrlOf(databaseUrl),
    authSecret: randomBytes(32).toString('base64'),
    dataKey: randomBytes(32).toString('base64'),
    isDemo: true,
    logLevel: 'info',
  }
}

/** Opens a house over this database. */
export async function openFaultHouse(database: { url: string; drop(): Promise<void> }, options: FaultHouseOptions = {}): Promise<FaultHouse> {
  let output = ''
  let child: ChildProcess | undefined
  let exit: Promise<number | null> = Promise.resolve(null)
  const start = async (config: Config) => {
    const started = await startProcess({ config, pages: options.pages ?? false }, options.without, (text) => {
      output += text
    })
    child = started
    exit = once(started, 'exit').then(([code]) => code as number | null)
  }
  let config = await chooseConfig(database.url)
  for (let attempt = 1; !child; attempt += 1) {
    try {
      await start(config)
    } catch (error) {
      if (attempt === START_ATTEMPTS || !String(error).includes('EADDRINUSE')) throw error
      config = await chooseConfig(database.url)
    }
  }
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const isRunning = () => child?.exitCode === null && child.signalCode === null
  const signal = (name: NodeJS.Signals) => {
    child?.kill(name)
    return exit
  }
  return {
    baseUrl: config.origin,
    config,
    pool,
    log: () => output,
    start: () => start(config),
    kill: async () => void (await signal('SIGKILL')),
    stop: () => signal('SIGTERM'),
    isRunning,
    ended: () => exit,
    async close() {
      if (isRunning()) await signal('SIGKILL')
      await pool.end()
      await database.drop()
    },
  }
}
