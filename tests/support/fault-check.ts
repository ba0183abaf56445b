/** Holds what agents were told against what the database has. Says what is wrong; nothing when all is well. */
import type pg from 'pg'
import { openDatabase } from '#db/client.ts'
import { verifyChain } from '#db/queries/audit.ts'
import type { FaultHouse } from './fault-house.ts'
import type { Diary } from './fault-writers.ts'

type CallRow = { notes: string; version: number }

async function only<T extends pg.QueryResultRow>(pool: pg.Pool, statement: string, id: string): Promise<T[]> {
  return (await pool.query<T>(statement, [id])).rows
}

/** The first place where two lists part, in words. */
function parting(what: string, told: readonly string[], kept: readonly string[]): string[] {
  const lost = told.filter((each) => !kept.includes(each))
  const doubled = kept.filter((each, at) => kept.indexOf(each) !== at)
  const unasked = kept.filter((each) => !told.includes(each))
  const isMoved = lost.length + doubled.length + unasked.length === 0 && told.some((each, at) => kept[at] !== each)
  return [
    ...lost.map((each) => `lost ${what}: ${each}`),
    ...doubled.map((each) => `doubled ${what}: ${each}`),
    ...unasked.map((each) => `unasked ${what}: ${each}`),
    ...(isMoved ? [`${what}s in another order than they were acknowledged`] : []),
  ]
}

async function checkDiary(pool: pg.Pool, diary: Diary): Promise<string[]> {
  const { callId, open } = diary
  const [call] = await only<CallRow>(pool, 'SELECT notes, version FROM calls WHERE id = $1', callId)
  if (!call) return [`lost call: ${callId}`]
  const trail = await only<{ detail: string }>(pool, 'SELECT detail FROM trail_events WHERE call_id = $1 AND detail IS NOT NULL ORDER BY position', callId)
  const audits = await only<{ id: string }>(pool, "SELECT id FROM audit_events WHERE call_id = $1 AND kind = 'trail.followed'", callId)
  const noted = await only<{ id: string }>(pool, "SELECT id FROM audit_events WHERE call_id = $1 AND kind = 'call.noted'", callId)
  const calls = await only<{ id: string }>(pool, 'SELECT id FROM calls WHERE agent_id = $1', diary.agent.id)
  const halves = await only<{ key: string }>(pool, 'SELECT key FROM idempotency_keys WHERE person_id = $1 AND status IS NULL', diary.agent.id)

  const keptLines = call.notes === '' ? [] : call.notes.split('\n')
  const keptMarks = trail.map((row) => row.detail)
  const lines = open.line && keptLines.at(-1) === open.line ? [...diary.lines, open.line] : diary.lines
  const marks = open.mark && keptMarks.at(-1) === open.mark ? [...diary.marks, open.mark] : diary.marks
  const steps = call.version - diary.firstVersion
  return [
    ...diary.wrong,
    ...parting('line', lines, keptLines),
    ...parting('mark', marks, keptMarks),
    ...(steps === lines.length ? [] : [`${lines.length} saves made ${steps} versions`]),
    ...(audits.length === marks.length ? [] : [`${marks.length} steps of the trail left ${audits.length} audit events`]),
    ...(lines.length === 0 || noted.length > 0 ? [] : ['saves without an audit event']),
    ...(calls.length === 1 ? [] : [`one start made ${calls.length} calls`]),
    ...halves.map(({ key }) => `a key without its answer: ${key}`),
  ]
}

/** Everything that is wrong between these diaries and the database, and with the audit chain. */
export async function checkDiaries(house: Pick<FaultHouse, 'pool' | 'config'>, diaries: readonly Diary[]): Promise<string[]> {
  const faults = await Promise.all(diaries.map((diary) => checkDiary(house.pool, diary)))
  const handle = openDatabase(house.config.databaseUrl, () => undefined, 1)
  try {
    const { broken } = await verifyChain(handle.db)
    return [...faults.flat(), ...(broken ? [`the audit chain is broken at ${broken.position}: ${broken.why}`] : [])]
  } finally {
    await handle.close()
  }
}
