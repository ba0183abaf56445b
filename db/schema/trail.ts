import { bigint, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Answer, Tier, TrailKind } from '#lib/guidance/terms.ts'
import { calls } from './calls.ts'
import { guidanceVersions } from './guidance.ts'

/** One opening of one topic version in one call. */
export const consultations = pgTable(
  'consultations',
  {
    id: uuid().primaryKey(),
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id),
    topic: text().notNull(),
    versionId: uuid('version_id')
      .notNull()
      .references(() => guidanceVersions.id),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull().defaultNow(),
    second: integer().notNull(),
  },
  (table) => [index('consultations_call').on(table.callId, table.id)],
)

/** The guidance trail. `versionId` is the version the block came from: an included block keeps its own topic's. */
export const trailEvents = pgTable(
  'trail_events',
  {
    id: uuid().primaryKey(),
    position: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id),
    consultationId: uuid('consultation_id').references(() => consultations.id),
    kind: text().$type<TrailKind>().notNull(),
    versionId: uuid('version_id')
      .notNull()
      .references(() => guidanceVersions.id),
    blockId: text('block_id'),
    answer: text().$type<Answer>(),
    /** Tier the answer reached; null for a no. */
    tier: text().$type<Tier>(),
    /** Key of a question's option, or the reason of a skip. */
    detail: text(),
    at: timestamp({ withTimezone: true }).notNull(),
    /** Whole seconds from the start of the call. */
    second: integer().notNull(),
  },
  (table) => [
    index('trail_events_call').on(table.callId, table.position),
    // A content recall: which calls displayed this block of this version.
    index('trail_events_block').on(table.blockId, table.versionId),
  ],
)
