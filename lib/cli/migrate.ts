import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Config } from '#lib/env.ts'

/** Any number; the same for every Callside, so that two starts take turns. */
const TURN = 7_241_501

const OLDEST = 150_000

/** Brings the database to this version's shape, as its owner, one process at a time. Refuses a Postgres older than 15. */
export async function migrate(config: Pick<Config, 'databaseUrl'>): Promise<void> {
  const client = new pg.Client({ connectionString: config.databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const version = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    if (Number(version.rows[0]?.server_version_num ?? 0) < OLDEST) throw new Error('Callside needs Postgres 15 or newer: point DATABASE_URL at one.')
    await client.query('SELECT pg_advisory_lock($1)', [TURN])
    await runMigrations(drizzle(client), { migrationsFolder: join(process.cwd(), 'db', 'migrations') })
  } finally {
    await client.end()
  }
}
