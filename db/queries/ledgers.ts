import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../client.ts'
import { escalations } from '../schema/escalations.ts'
import { recordingEvents } from '../schema/recordings.ts'
import { consultations, trailEvents } from '../schema/trail.ts'

/** Time and second of something that happened `agoMs` before now by the desk's monotonic clock; never before the call began. */
export function momentOf(startedAt: Date, agoMs: number) {
  const start = sql`${startedAt.toISOString()}::timestamptz`
  const at = sql`greatest(${start}, now() - ${agoMs} * interval '1 millisecond')`
  return { at, second: sql`floor(extract(epoch from ${at} - ${start}))::int` }
}

type Moment = ReturnType<typeof momentOf>
type Timed<T> = Omit<T, 'at' | 'second' | 'openedAt'>

export async function insertRecordingEvent(db: Reader, moment: Moment, row: Timed<typeof recordingEvents.$inferInsert>) {
  await db.insert(recordingEvents).values({ ...row, at: moment.at, second: moment.second })
}

/** Nothing comes back when the id is taken. */
export async function insertConsultation(db: Reader, moment: Moment, row: Timed<typeof consultations.$inferInsert>) {
  const [made] = await db
    .insert(consultations)
    .values({ ...row, openedAt: moment.at, second: moment.second })
    .onConflictDoNothing({ target: consultations.id })
    .returning()
  return made
}

export async function findConsultation(db: Reader, callId: string, id: string) {
  const [row] = await db
    .select()
    .from(consultations)
    .where(and(eq(consultations.id, id), eq(consultations.callId, callId)))
  return row
}

export type TrailRow = Timed<typeof trailEvents.$inferInsert>

export async function insertTrailEvents(db: Reader, rows: readonly { moment: Moment; row: TrailRow }[]) {
  if (rows.length === 0) return
  await db.insert(trailEvents).values(rows.map(({ moment, row }) => ({ ...row, at: moment.at, second: moment.second })))
}

export type EscalationRow = typeof escalations.$inferSelect

/** The call's escalation that has no outcome yet: further causes join it. */
export async function findOpenEscalation(db: Reader, callId: string): Promise<EscalationRow | undefined> {
  const [row] = await db
    .select()
    .from(escalations)
    .where(and(eq(escalations.callId, callId), isNull(escalations.outcome)))
    .orderBy(asc(escalations.id))
    .limit(1)
  return row
}

export async function countOpenEscalations(db: Reader, callId: string): Promise<number> {
  return db.$count(escalations, and(eq(escalations.callId, callId), isNull(escalations.outcome)))
}

export async function insertEscalation(db: Reader, moment: Moment, row: Timed<typeof escalations.$inferInsert>): Promise<EscalationRow> {
  const [made] = await db
    .insert(escalations)
    .values({ ...row, openedAt: moment.at, second: moment.second })
    .returning()
  if (!made) throw new Error('an escalation was not kept')
  return made
}

export async function raiseEscalation(db: Reader, id: string, urgency: EscalationRow['urgency']): Promise<EscalationRow> {
  const [row] = await db.update(escalations).set({ urgency }).where(eq(escalations.id, id)).returning()
  if (!row) throw new Error('an escalation was not kept')
  return row
}

/** The escalation and the id of its call's agent, for the actor's own calls. */
export async function findEscalation(db: Reader, id: string): Promise<EscalationRow | undefined> {
  const [row] = await db.select().from(escalations).where(eq(escalations.id, id))
  return row
}

export type EscalationPatch = Partial<
  Pick<typeof escalations.$inferInsert, 'destination' | 'reason' | 'consent' | 'reference' | 'outcome' | 'outcomeReason' | 'locationSealed' | 'callbackSealed'>
>

/** Saves the fields of a PATCH while the version is the one it was made from. The time of the outcome is the database's. */
export async function patchEscalation(db: Reader, id: string, version: number, patch: EscalationPatch): Promise<EscalationRow | undefined> {
  const [row] = await db
    .update(escalations)
    .set({ ...patch, version: sql`${escalations.version} + 1`, ...(patch.outcome ? { outcomeAt: sql`now()` } : {}) })
    .where(and(eq(escalations.id, id), eq(escalations.version, version)))
    .returning()
  return row
}

/** Ids of the versions a call's trail speaks of. */
export async function listTrailVersionIds(db: Reader, callIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: trailEvents.versionId })
    .from(trailEvents)
    .where(inArray(trailEvents.callId, [...callIds]))
  return rows.map((row) => row.id)
}
