import { bigint, index, inet, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Who did or read what. Append-only: the app's role may select and insert, nothing else. Holds ids and codes, never note text. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: uuid().primaryKey(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    actorId: uuid('actor_id'),
    sessionId: uuid('session_id'),
    ip: inet(),
    kind: text().notNull(),
    subjectId: text('subject_id'),
    callId: uuid('call_id'),
    /** Whose screens care: the call's agent and team. */
    scopePersonId: uuid('scope_person_id'),
    scopeTeamId: uuid('scope_team_id'),
    detail: jsonb().$type<Record<string, string | number | boolean | null>>().notNull().default({}),
  },
  (table) => [index('audit_events_call').on(table.callId), index('audit_events_actor').on(table.actorId, table.at)],
)

/** One link for each event, written at commit by a deferred trigger. */
export const auditChain = pgTable('audit_chain', {
  position: bigint({ mode: 'number' }).primaryKey(),
  eventId: uuid('event_id').notNull().unique(),
  hash: text().notNull(),
})

export const auditHead = pgTable('audit_head', {
  id: smallint().primaryKey(),
  position: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
})

/** A known key replays its answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    personId: uuid('person_id').notNull(),
    key: text().notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer(),
    answer: jsonb(),
    etag: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.key] }), index('idempotency_keys_age').on(table.createdAt)],
)
