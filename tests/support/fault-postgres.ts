/** A Postgres of one test's own, which it may kill. The harness plays the launcher, which starts it again on its port. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { openTestPlace, removeDatabase } from '#lib/cli/embedded-postgres.ts'
import { findHome } from '#lib/cli/postgres-place.ts'
import { findFreePort, initialise, launch, type ServerRecord, superuserUrl } from '#lib/cli/postgres-process.ts'
import { identify, isAlive } from '#lib/cli/processes.mjs'
import { openDatabases } from './databases.ts'

export type FaultPostgres = {
  /** A migrated and seeded database in it; it goes with the server. */
  database(): Promise<{ url: string; drop(): Promise<void> }>
  /** One statement as its superuser. */
  run(statement: string): Promise<void>
  /** `kill -9` of the postmaster and of every process of its, at one moment. */
  kill(): Promise<void>
  /** Smart waits for sessions to leave, fast ends them. Neither is waited for: `start` does that. */
  ask(how: 'smart stop' | 'fast stop'): void
  /** True while it takes no new session. */
  refuses(): Promise<boolean>
  /** Starts it again, on its port, once the former one is gone. */
  start(): Promise<void>
  close(): Promise<void>
}

const CHECKOUT = path.resolve(import.meta.dirname, '..', '..')
const POLL_MS = 20

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself meanwhile.
  }
}

async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some((pid) => identify(pid) !== undefined)) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
}

/** What a killed run leaves running is ended and removed by the next, as with every database for tests. */
export async function openFaultPostgres(): Promise<FaultPostgres> {
  const place = await openTestPlace(findHome(CHECKOUT))
  const password = randomBytes(24).toString('base64url')
  const port = await findFreePort()
  let record: ServerRecord
  try {
    await initialise(place, password)
    record = await launch(place, password, port)
  } catch (error) {
    await removeDatabase(place)
    throw error
  }
  const url = superuserUrl(port, password)

  async function asSuperuser<T extends pg.QueryResultRow>(statement: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query<T>(statement)
    await client.end()
    return rows
  }

  return {
    async database() {
      const databases = await openDatabases(url)
      const copy = await databases.copy()
      await databases.close()
      return { url: copy.url, drop: async () => undefined }
    },
    run: async (statement) => void (await asSuperuser(statement)),
    async kill() {
      const children = (await asSuperuser<{ pid: number }>('SELECT pid FROM pg_stat_activity')).map((row) => row.pid)
      const pids = [record.pid, ...children]
      for (const pid of pids) signal(pid, 'SIGKILL')
      await untilGone(pids)
    },
    ask(how) {
      signal(record.pid, how === 'smart stop' ? 'SIGTERM' : 'SIGINT')
    },
    refuses: () =>
      asSuperuser('SELECT 1').then(
        () => false,
        () => true,
      ),
    async start() {
      while (isAlive(record)) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      record = await launch(place, password, port)
    },
    close: () => removeDatabase(place),
  }
}
