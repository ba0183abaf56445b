/** The rows of a house as they are, to say that nothing changed. */
import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Everything that a call, its ledgers and the people are kept in; what one request may write beside them is left out. */
export const KEPT = [
  'calls',
  'call_events',
  'consultations',
  'escalations',
  'guidance_versions',
  'people',
  'person_roles',
  'recording_events',
  'teams',
  'trail_events',
] as const

/** A fingerprint of each table. */
export async function fingerprint(pool: pg.Pool, tables: readonly string[] = KEPT): Promise<Record<string, string>> {
  const entries = await Promise.all(
    tables.map(async (table): Promise<[string, string]> => {
      const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)
      return [table, createHash('sha256').update(JSON.stringify(rows)).digest('hex')]
    }),
  )
  return Object.fromEntries(entries)
}

export type AuditRow = {
  kind: string
  actor_id: string | null
  subject_id: string | null
  call_id: string | null
  detail: Record<string, unknown>
  xmin: string
}

/** Audit events in the order of their links, after a position of the chain. */
export async function auditAfter(pool: pg.Pool, position: number): Promise<AuditRow[]> {
  const { rows } = await pool.query<AuditRow>(
    `SELECT e.kind, e.actor_id, e.subject_id, e.call_id, e.detail, e.xmin::text AS xmin
     FROM audit_chain c JOIN audit_events e ON e.id = c.event_id WHERE c.position > $1 ORDER BY c.position`,
    [position],
  )
  return rows
}

export async function auditPosition(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ position: string }>('SELECT position FROM audit_head')
  return Number(rows[0]?.position)
}

/** The text of every row of every table of the app, as a dump holds it. */
export async function dump(pool: pg.Pool): Promise<string> {
  const tables = await pool.query<{ name: string }>("SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'")
  const parts = await Promise.all(tables.rows.map(({ name }) => pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)))
  return parts.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n')
}
