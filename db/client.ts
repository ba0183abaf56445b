import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

/** A transaction or the pool: what every query function takes first. */
export type Database = NodePgDatabase
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]
/** Queries read through either. */
export type Reader = Database | Tx

export type DatabaseHandle = { db: Database; pool: pg.Pool; close(): Promise<void> }

/** Told of connections that broke while idle; the pool replaces them. */
export type OnLost = (error: Error) => void

const SESSION = [
  'statement_timeout=5000',
  'lock_timeout=2000',
  'idle_in_transaction_session_timeout=10000',
  'jit=off',
  'timezone=UTC',
  'application_name=callside',
]

/** The URL with bounded waits for every session, beside whatever options it already carries. */
export function withBoundedWaits(url: string): string {
  const bounded = new URL(url)
  const own = bounded.searchParams.get('options')
  bounded.searchParams.set('options', [own, ...SESSION.map((setting) => `-c ${setting}`)].filter(Boolean).join(' '))
  return bounded.toString()
}

/**
 * One pool for the process. A broken backend, idle or checked out, is reported and replaced; without both handlers
 * node-postgres ends the process. Waiting for a connection ends after 2 s.
 */
export function openDatabase(url: string, onLost: OnLost, size = 10): DatabaseHandle {
  const pool = new pg.Pool({
    connectionString: withBoundedWaits(url),
    max: size,
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
    maxLifetimeSeconds: 1_800,
    allowExitOnIdle: false,
  })
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  return { db: drizzle(pool, { casing: 'snake_case' }), pool, close: () => pool.end() }
}
