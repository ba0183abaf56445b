import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { CallerRelation, CallState, DangerSigns } from '#lib/calls/terms.ts'
import type { Tier } from '#lib/guidance/terms.ts'
import type { RecordingState, Telling } from '#lib/recordings/terms.ts'
import { recordingNotices } from './helpline.ts'
import { people, teams } from './people.ts'

/** What the helpline's policy was when the call began. */
export type RecordingPolicy = { recordsCalls: boolean; canStopRecording: boolean; cannotStopWording: string }

export const calls = pgTable(
  'calls',
  {
    id: uuid().primaryKey(),
    reference: text().notNull().unique(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => people.id),
    /** The agent's team when the call began. */
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    state: text().$type<CallState>().notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    recordingPolicy: jsonb('recording_policy').$type<RecordingPolicy>().notNull(),
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => recordingNotices.id),
    /** Views of the recording ledger, folded by its rules in the transaction of each event. */
    recordingState: text('recording_state').$type<RecordingState>().notNull(),
    recorded: boolean().notNull(),
    told: text().$type<Telling>(),
    objected: boolean().notNull().default(false),
    /** The highest tier of any positive answer; only ever rises. */
    urgency: text().$type<Tier>().notNull().default('routine'),
    escalated: boolean().notNull().default(false),
    topics: text().array().notNull().default(sql`'{}'::text[]`),
    notes: text().notNull().default(''),
    caller: text().$type<CallerRelation>(),
    dispositionCode: text('disposition_code'),
    dispositionLabel: text('disposition_label'),
    dangerSigns: text('danger_signs').$type<DangerSigns>(),
    /** Counts changes to the fields a PATCH can change, and nothing else. */
    version: integer().notNull().default(1),
  },
  (table) => [
    // The agent's own list, newest first.
    index('calls_agent_newest').on(table.agentId, table.startedAt.desc(), table.id.desc()),
    // The supervisor's list of a team, newest first.
    index('calls_team_newest').on(table.teamId, table.startedAt.desc(), table.id.desc()),
    // One live call an agent: two devices cannot both start one.
    uniqueIndex('calls_one_live').on(table.agentId).where(sql`state in ('ringing', 'in-progress', 'on-hold')`),
    // "To finish", which is short.
    index('calls_to_finish').on(table.agentId, table.id.desc()).where(sql`state = 'wrapping-up'`),
  ],
)

/** Each change of state, in order. */
export const callEvents = pgTable(
  'call_events',
  {
    id: uuid().primaryKey(),
    /** The order they happened in. Ids made within one millisecond, or by two processes, do not tell. */
    position: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id),
    kind: text().notNull(),
    by: uuid()
      .notNull()
      .references(() => people.id),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('call_events_call').on(table.callId, table.position)],
)
