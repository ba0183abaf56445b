import { asc, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../client.ts'
import { dispositions, helpline, openingExceptions, openingHours, recordingNotices, serviceNumbers } from '../schema/helpline.ts'

export async function findHelpline(db: Reader) {
  const [row] = await db.select().from(helpline)
  if (!row) throw new Error('the helpline has no settings: run the migrations and the seed')
  return row
}

/** The recording notice in force now. */
export async function findNotice(db: Reader) {
  const [row] = await db.select().from(recordingNotices).where(lte(recordingNotices.effectiveFrom, sql`now()`)).orderBy(desc(recordingNotices.version)).limit(1)
  if (!row) throw new Error('there is no recording notice: run the seed')
  return row
}

const callTerms = prepared((db) =>
  db
    .select({
      recordsCalls: helpline.recordsCalls,
      canStopRecording: helpline.canStopRecording,
      cannotStopWording: helpline.cannotStopWording,
      noticeId: sql<string>`(SELECT ${recordingNotices.id} FROM ${recordingNotices} WHERE ${recordingNotices.effectiveFrom} <= now() ORDER BY ${recordingNotices.version} DESC LIMIT 1)`,
    })
    .from(helpline)
    .prepare('find_call_terms'),
)

/** Policy and notice for a call that starts now, in one look-up. */
export async function findCallTerms(db: Reader) {
  const [row] = await callTerms(db).execute()
  if (!row?.noticeId) throw new Error('the helpline has no settings: run the seed')
  return row
}

export const listOpeningHours = (db: Reader) => db.select().from(openingHours).orderBy(asc(openingHours.weekday))
export const listOpeningExceptions = (db: Reader) => db.select().from(openingExceptions).orderBy(asc(openingExceptions.day))
export const listServiceNumbers = (db: Reader) => db.select().from(serviceNumbers).orderBy(asc(serviceNumbers.service))
export const listDispositions = (db: Reader) => db.select().from(dispositions).where(isNull(dispositions.retiredAt)).orderBy(asc(dispositions.position))

/** A disposition by code, retired ones included: a call may still hold one. */
export async function findDisposition(db: Reader, code: string) {
  const [row] = await db.select().from(dispositions).where(eq(dispositions.code, code))
  return row
}

export async function findDatabaseTime(db: Reader): Promise<string> {
  const result = await db.execute<{ now: string }>(sql`SELECT to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now`)
  return result.rows[0]?.now ?? new Date().toISOString()
}
