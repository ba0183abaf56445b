import { index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { EscalationCause, EscalationDestination, EscalationOutcome } from '#lib/escalations/terms.ts'
import type { Tier } from '#lib/guidance/terms.ts'
import { calls } from './calls.ts'

export const escalations = pgTable(
  'escalations',
  {
    id: uuid().primaryKey(),
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id),
    cause: text().$type<EscalationCause>().notNull(),
    /** The question whose answer opened it. */
    blockId: text('block_id'),
    urgency: text().$type<Tier>().notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
    second: integer().notNull(),
    destination: text().$type<EscalationDestination>(),
    reason: text(),
    consent: text().$type<'given' | 'refused' | 'not-asked'>(),
    reference: text(),
    outcome: text().$type<EscalationOutcome>(),
    outcomeReason: text('outcome_reason'),
    outcomeAt: timestamp('outcome_at', { withTimezone: true }),
    /** AES-256-GCM, key outside the database. */
    locationSealed: text('location_sealed'),
    callbackSealed: text('callback_sealed'),
    version: integer().notNull().default(1),
  },
  (table) => [index('escalations_call').on(table.callId, table.id)],
)
