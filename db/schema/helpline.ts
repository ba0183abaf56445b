import { boolean, date, integer, pgTable, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** One row: the organisation's line. */
export const helpline = pgTable('helpline', {
  id: smallint().primaryKey().default(1),
  name: text().notNull(),
  number: text().notNull(),
  timeZone: text('time_zone').notNull(),
  recordsCalls: boolean('records_calls').notNull(),
  canStopRecording: boolean('can_stop_recording').notNull(),
  /** What the agent says to a caller who objects where recording cannot be stopped. */
  cannotStopWording: text('cannot_stop_wording').notNull(),
})

/** Weekday as ISO 8601: 1 Monday to 7 Sunday; times as HH:MM in the helpline's zone. */
export const openingHours = pgTable('opening_hours', {
  weekday: smallint().primaryKey(),
  opens: text().notNull(),
  closes: text().notNull(),
})

/** A day that differs: closed when both times are null. */
export const openingExceptions = pgTable('opening_exceptions', {
  day: date().primaryKey(),
  opens: text(),
  closes: text(),
  reason: text().notNull(),
})

/** Versioned: a call keeps the wording it was told. */
export const recordingNotices = pgTable('recording_notices', {
  id: uuid().primaryKey(),
  version: integer().notNull().unique(),
  wording: text().notNull(),
  purpose: text().notNull(),
  legalBasis: text('legal_basis').notNull(),
  effectiveFrom: timestamp('effective_from', { withTimezone: true }).notNull().defaultNow(),
})

export const serviceNumbers = pgTable('service_numbers', {
  key: text().primaryKey(),
  service: text().notNull(),
  number: text().notNull(),
  detail: text().notNull(),
  checkedOn: date('checked_on').notNull(),
})

/** How a call ended. Retired, never deleted; a call keeps code and label. */
export const dispositions = pgTable('dispositions', {
  code: text().primaryKey(),
  label: text().notNull(),
  /** False for silent, wrong number, abusive and test calls: these need nothing else but open escalations settled. */
  isData: boolean('is_data').notNull(),
  /** The screen asks for any sign of danger, illness or fear. */
  asksDanger: boolean('asks_danger').notNull().default(false),
  position: integer().notNull(),
  retiredAt: timestamp('retired_at', { withTimezone: true }),
})
