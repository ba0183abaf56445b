import { createHash } from 'node:crypto'
import { Socket } from 'node:net'
import type { Query } from 'drizzle-orm'
import type { WithCacheConfig } from 'drizzle-orm/cache/core/types'
import { NodePgDatabase, NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres'
import { PgDialect, type PgPreparedQuery, type PreparedQueryConfig, type SelectedFieldsOrdered } from 'drizzle-orm/pg-core'
import pg from 'pg'

/** A transaction or the pool: what every query function takes first. */
export type Database = NodePgDatabase
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]
/** Queries read through either. */
export type Reader = Database | Tx

/** A transaction in three parts. The first and the last are one statement each, sent before anything is waited for: they travel with BEGIN and COMMIT. */
export type Transaction<F, T> = {
  opening(tx: Tx): Promise<F>
  work(tx: Tx, opened: F): Promise<T>
  closing?(tx: Tx, made: T): Promise<unknown> | undefined
}

export type DatabaseHandle = {
  db: Database
  pool: pg.Pool
  /** Commits all of it or nothing. */
  transact<F, T>(parts: Transaction<F, T>): Promise<T>
  close(): Promise<void>
}

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

/** What is written in one turn leaves in one packet: statements that do not wait for each other cost one trip. */
class GatheringSocket extends Socket {
  override uncork() {
    process.nextTick(() => super.uncork())
  }
}

const dialect = new PgDialect({ casing: 'snake_case' })

/** Named, so that they are gathered with the statements beside them. */
const BEGIN = { name: 'begin', text: 'BEGIN' }
const COMMIT = { name: 'commit', text: 'COMMIT' }

/** A connection keeps the plan of each; past these a statement is planned anew, so that lists of many lengths cannot fill the database's memory. */
const STATEMENTS_MAX = 300
const statementNames = new Map<string, string>()

function statementName(words: string): string | undefined {
  const held = statementNames.get(words)
  if (held || statementNames.size >= STATEMENTS_MAX) return held
  const name = createHash('sha256').update(words).digest('base64url')
  statementNames.set(words, name)
  return name
}

type Tables = Record<string, never>
type RestOfPreparing<T extends PreparedQueryConfig> = [
  mapper?: (rows: unknown[][]) => T['execute'],
  metadata?: { type: 'select' | 'update' | 'delete' | 'insert'; tables: string[] },
  cache?: WithCacheConfig,
]

/** Names each statement that takes values, so that a connection parses and plans it once. */
class NamedSession extends NodePgSession<Tables, Tables> {
  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    name: string | undefined,
    isArray: boolean,
    ...rest: RestOfPreparing<T>
  ): PgPreparedQuery<T> {
    return super.prepareQuery(query, fields, name ?? (query.params.length > 0 ? statementName(query.sql) : undefined), isArray, ...rest)
  }
}

/** Kept for each connection, with the queries prepared on it. */
const transactions = new WeakMap<pg.PoolClient, Tx>()

/** What was sent in each running transaction without waiting for its answer. */
const unanswered = new WeakMap<Reader, Promise<unknown>[]>()

/**
 * For a statement that only adds a row: in a transaction nobody waits for its answer, which comes with the commit's. Where it fails,
 * so does every statement after it, and the transaction. Outside a transaction it is waited for.
 */
export async function append(db: Reader, statement: Promise<unknown>): Promise<void> {
  // A query that drizzle has not sent yet is sent anew by each who waits for it; a promise of it is sent once.
  const once = Promise.resolve(statement)
  const sent = unanswered.get(db)
  if (!sent) return void (await once)
  once.catch(() => undefined)
  sent.push(once)
}

function transactionOn(client: pg.PoolClient): Tx {
  const held = transactions.get(client)
  if (held) return held
  const tx = new NodePgTransaction<Tables, Tables>(dialect, new NamedSession(client, dialect, undefined), undefined)
  transactions.set(client, tx)
  return tx
}

async function transact<F, T>(pool: pg.Pool, { opening, work, closing }: Transaction<F, T>): Promise<T> {
  const client = await pool.connect()
  const tx = transactionOn(client)
  const sent: Promise<unknown>[] = []
  unanswered.set(tx, sent)
  let lost: Error | undefined
  try {
    const [, opened] = await Promise.all([client.query(BEGIN), opening(tx)])
    const made = await work(tx, opened)
    // Before COMMIT on the wire, which is why COMMIT gives way to it once; where it or an appended statement fails, COMMIT is a rollback.
    const closed = Promise.resolve(closing?.(tx, made))
    closed.catch(() => undefined)
    await null
    const [committed] = await Promise.all([client.query(COMMIT), ...sent, closed])
    if (committed.command !== 'COMMIT') throw new Error('a failed transaction was about to count as done')
    return made
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      lost = failure
    })
    // The statement that failed says more than those that failed because of it.
    await Promise.all(sent)
    throw error
  } finally {
    unanswered.delete(tx)
    client.release(lost)
  }
}

/** A query that is built and planned once for each connection; its values come by name. */
export function prepared<Q>(build: (db: Reader) => Q): (db: Reader) => Q {
  const built = new WeakMap<Reader, Q>()
  return (db) => {
    const held = built.get(db) ?? build(db)
    built.set(db, held)
    return held
  }
}

/**
 * One pool for the process. A broken backend, idle or checked out, is reported and replaced; without both handlers
 * node-postgres ends the process. Waiting for a connection ends after 2 s. Statements are pipelined: each is sent without waiting
 * for the answer of the one before it, and answered in order.
 */
export function openDatabase(url: string, onLost: OnLost, size = 10): DatabaseHandle {
  const pool = new pg.Pool({
    connectionString: withBoundedWaits(url),
    max: size,
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
    maxLifetimeSeconds: 1_800,
    allowExitOnIdle: false,
    pipeline: true,
    stream: () => new GatheringSocket(),
  })
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  const db = new NodePgDatabase(dialect, new NamedSession(pool, dialect, undefined), undefined)
  return { db, pool, transact: (parts) => transact(pool, parts), close: () => pool.end() }
}
