import { bigint, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { RecordingEventKind } from '#lib/recordings/terms.ts'
import { calls } from './calls.ts'
import { people } from './people.ts'

/** The recording ledger: what was said and done about recording, in order. */
export const recordingEvents = pgTable(
  'recording_events',
  {
    id: uuid().primaryKey(),
    position: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id),
    kind: text().$type<RecordingEventKind>().notNull(),
    reason: text(),
    by: uuid()
      .notNull()
      .references(() => people.id),
    at: timestamp({ withTimezone: true }).notNull(),
    second: integer().notNull(),
  },
  (table) => [index('recording_events_call').on(table.callId, table.position)],
)
