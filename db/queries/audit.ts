import { randomUUIDv7 } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { append, prepared, type Reader } from '../client.ts'
import { auditEvents } from '../schema/audit.ts'

export type AuditEntry = {
  kind: string
  actorId: string | null
  sessionId?: string | null
  ip?: string | null
  subjectId?: string | null
  callId?: string | null
  scopePersonId?: string | null
  scopeTeamId?: string | null
  detail?: Record<string, string | number | boolean | null>
}

const insert = prepared((db) =>
  db
    .insert(auditEvents)
    .values({
      id: sql.placeholder('id'),
      kind: sql.placeholder('kind'),
      actorId: sql.placeholder('actorId'),
      sessionId: sql.placeholder('sessionId'),
      ip: sql.placeholder('ip'),
      subjectId: sql.placeholder('subjectId'),
      callId: sql.placeholder('callId'),
      scopePersonId: sql.placeholder('scopePersonId'),
      scopeTeamId: sql.placeholder('scopeTeamId'),
      detail: sql.placeholder('detail'),
    })
    .prepare('insert_audit_event'),
)

const NOTHING = { sessionId: null, ip: null, subjectId: null, callId: null, scopePersonId: null, scopeTeamId: null, detail: {} }

/** Adds one event; its link in the chain is written at commit. */
export async function insertAuditEvent(db: Reader, entry: AuditEntry) {
  await append(db, insert(db).execute({ id: randomUUIDv7(), ...NOTHING, ...entry }))
}

/** True when this person did this to this call within the last minute: autosaves may share a row. */
export async function hasRecentAuditEvent(db: Reader, kind: string, actorId: string, callId: string): Promise<boolean> {
  const rows = await db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(
      and(eq(auditEvents.callId, callId), eq(auditEvents.kind, kind), eq(auditEvents.actorId, actorId), gt(auditEvents.at, sql`now() - interval '1 minute'`)),
    )
    .limit(1)
  return rows.length > 0
}

export type ChainBreak = { position: number; why: string }

/** Recomputes the whole chain in the database. Returns the number of links and the first break, if any. */
export async function verifyChain(db: Reader): Promise<{ links: number; broken: ChainBreak | null }> {
  const counted = await db.execute<{ links: string; unlinked: string; head: string; head_hash: string; last_hash: string | null }>(sql`
    SELECT (SELECT count(*) FROM audit_chain)::text AS links,
      (SELECT count(*) FROM audit_events e WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.event_id = e.id))::text AS unlinked,
      (SELECT position FROM audit_head)::text AS head,
      (SELECT hash FROM audit_head) AS head_hash,
      (SELECT hash FROM audit_chain ORDER BY position DESC LIMIT 1) AS last_hash`)
  const count = counted.rows[0]
  if (!count) throw new Error('the audit chain could not be counted')
  const links = Number(count.links)
  const found = await db.execute<{ position: string; why: string }>(sql`
    SELECT position::text, CASE WHEN expected_position <> position THEN 'a link is missing' WHEN event IS NULL THEN 'its event is missing' ELSE 'its event or its place was changed' END AS why
    FROM (
      SELECT c.position, c.hash, e.id AS event, row_number() OVER w AS expected_position,
        encode(sha256(convert_to(coalesce(lag(c.hash) OVER w, repeat('0', 64)) || audit_words(e), 'UTF8')), 'hex') AS computed
      FROM audit_chain c LEFT JOIN audit_events e ON e.id = c.event_id
      WINDOW w AS (ORDER BY c.position)
    ) link
    WHERE expected_position <> position OR event IS NULL OR computed IS DISTINCT FROM hash
    ORDER BY position LIMIT 1`)
  const first = found.rows[0]
  if (first) return { links, broken: { position: Number(first.position), why: first.why } }
  if (Number(count.unlinked) > 0) return { links, broken: { position: links + 1, why: 'an event has no link' } }
  if (Number(count.head) !== links || (links > 0 && count.head_hash !== count.last_hash))
    return { links, broken: { position: links, why: 'the end of the chain was cut' } }
  return { links, broken: null }
}
