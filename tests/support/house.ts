/** A whole Callside for tests: a database of its own and the real server in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { appUrlOf, type Config, childEnvironment } from '#lib/env.ts'
import type { Databases } from './databases.ts'

export type ServeOrder = { config: Config; pages: boolean }
export type ServeReport = { port: number } | { fault: string }

export type HouseOptions = {
  /** With the screens of the production build. */
  pages?: boolean
  /** The address people type, where it is not the listener's own, e.g. an https one. */
  origin?: string
}

export type House = {
  baseUrl: string
  config: Config
  /** Connections as the database's owner. */
  pool: pg.Pool
  /** Everything the server has written so far. */
  log(): string
  /** Ends the server as a deployment does and says how it ended. */
  stop(): Promise<number | null>
  close(): Promise<void>
}

const CHECKOUT = path.resolve(import.meta.dirname, '..', '..')
const START_ATTEMPTS = 5

async function findFreePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('no port was given')
  return address.port
}

async function startProcess(order: ServeOrder, onOutput: (text: string) => void): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, 'serve.ts'), [], {
    cwd: CHECKOUT,
    execArgv: [],
    env: childEnvironment({ NODE_OPTIONS: undefined, CALLSIDE_TEST_DATABASE_URL: undefined }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput)
  child.send(order)
  const ended = once(child, 'exit').then((): ServeReport => ({ fault: 'the server ended before it was ready' }))
  const report = await Promise.race([once(child, 'message').then(([message]) => message as ServeReport), ended])
  if ('fault' in report) {
    child.kill('SIGKILL')
    throw new Error(report.fault)
  }
  return child
}

/** Opens a house on a free port. Another process may take that port in between, so a taken one is tried again elsewhere. */
export async function openHouse(databases: Databases, options: HouseOptions = {}): Promise<House> {
  const database = await databases.copy()
  let output = ''
  const start = async (attempt: number): Promise<{ config: Config; child: ChildProcess }> => {
    const port = await findFreePort()
    const config: Config = {
      port,
      host: '127.0.0.1',
      origin: options.origin ?? `http://127.0.0.1:${port}`,
      databaseUrl: database.url,
      appDatabaseUrl: appUrlOf(database.url),
      authSecret: randomBytes(32).toString('base64'),
      dataKey: randomBytes(32).toString('base64'),
      isDemo: true,
      logLevel: 'debug',
    }
    try {
      const child = await startProcess({ config, pages: options.pages ?? false }, (text) => {
        output += text
      })
      return { config, child }
    } catch (error) {
      if (attempt === START_ATTEMPTS || !String(error).includes('EADDRINUSE')) throw error
      return start(attempt + 1)
    }
  }
  const { config, child } = await start(1)
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  pool.on('error', () => undefined)
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return {
    baseUrl: `http://127.0.0.1:${config.port}`,
    config,
    pool,
    log: () => output,
    stop,
    async close() {
      await stop()
      await pool.end()
      await database.drop()
    },
  }
}
