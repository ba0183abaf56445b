import { and, desc, eq, getTableColumns, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Scope } from '#lib/access/actor.ts'
import type { CallState } from '#lib/calls/terms.ts'
import type { Answer, Tier } from '#lib/guidance/terms.ts'
import type { Reader } from '../client.ts'
import { callEvents, calls } from '../schema/calls.ts'
import { escalations } from '../schema/escalations.ts'
import { recordingNotices } from '../schema/helpline.ts'
import { people } from '../schema/people.ts'
import { recordingEvents } from '../schema/recordings.ts'
import { consultations, trailEvents } from '../schema/trail.ts'
import type { EscalationRow } from './ledgers.ts'

/** The actor's own calls, and as a supervisor the team's. A row outside is as good as absent. */
export function inScope(scope: Scope): SQL | undefined {
  const own = eq(calls.agentId, scope.personId)
  return scope.teamId ? or(own, eq(calls.teamId, scope.teamId)) : own
}

/** A call and the database's clock as it was read. */
export type CallRow = typeof calls.$inferSelect & { now: string }

const columns = { ...getTableColumns(calls), now: sql<string>`now()` }

export async function findCall(db: Reader, scope: Scope, id: string): Promise<CallRow | undefined> {
  const [row] = await db
    .select(columns)
    .from(calls)
    .where(and(eq(calls.id, id), inScope(scope)))
  return row
}

/** The actor's own call, locked for this transaction: its ledgers grow one at a time. */
export async function lockOwnCall(db: Reader, personId: string, id: string): Promise<CallRow | undefined> {
  const [row] = await db
    .select(columns)
    .from(calls)
    .where(and(eq(calls.id, id), eq(calls.agentId, personId)))
    .for('no key update')
  return row
}

/** Inserts a call unless its agent has a live one: then nothing comes back. */
export async function insertCall(db: Reader, row: typeof calls.$inferInsert): Promise<CallRow | undefined> {
  const [made] = await db
    .insert(calls)
    .values(row)
    .onConflictDoNothing({ target: calls.agentId, where: sql`state in ('ringing', 'in-progress', 'on-hold')` })
    .returning(columns)
  return made
}

export async function findLiveCallId(db: Reader, personId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.agentId, personId), inArray(calls.state, ['ringing', 'in-progress', 'on-hold'])))
  return row?.id
}

/** Saves a change only while the call is in one of `from`; nothing comes back otherwise. */
export async function moveCall(
  db: Reader,
  id: string,
  from: readonly CallState[],
  to: CallState,
  stamp: 'endedAt' | 'finishedAt' | null,
): Promise<CallRow | undefined> {
  const [row] = await db
    .update(calls)
    .set({ state: to, ...(stamp ? { [stamp]: sql`now()` } : {}) })
    .where(and(eq(calls.id, id), inArray(calls.state, [...from])))
    .returning(columns)
  return row
}

export type CallPatch = Partial<Pick<typeof calls.$inferInsert, 'notes' | 'caller' | 'dispositionCode' | 'dispositionLabel' | 'dangerSigns'>>

/** Saves the fields of a PATCH while the version is the one it was made from and the call is not finished. */
export async function patchCall(db: Reader, personId: string, id: string, version: number, patch: CallPatch): Promise<CallRow | undefined> {
  const [row] = await db
    .update(calls)
    .set({ ...patch, version: sql`${calls.version} + 1` })
    .where(and(eq(calls.id, id), eq(calls.agentId, personId), eq(calls.version, version), sql`${calls.state} <> 'finished'`))
    .returning(columns)
  return row
}

/** Fields that other rooms keep on the call: views of their ledgers. None of them moves `version`. */
export async function updateCallViews(
  db: Reader,
  id: string,
  views: Partial<Pick<typeof calls.$inferInsert, 'recordingState' | 'recorded' | 'told' | 'objected' | 'urgency' | 'escalated' | 'topics'>>,
): Promise<CallRow | undefined> {
  const [row] = await db.update(calls).set(views).where(eq(calls.id, id)).returning(columns)
  return row
}

export async function insertCallEvent(db: Reader, row: typeof callEvents.$inferInsert) {
  await db.insert(callEvents).values(row)
}

/** Everything that hangs on a call, each list in order, in one look-up. Times are ISO strings made by the database. */
export async function findCallLedgers(db: Reader, id: string) {
  const result = await db.execute<CallLedgers>(sql`SELECT
    (SELECT jsonb_build_object('id', n.id, 'version', n.version, 'wording', n.wording) FROM ${recordingNotices} n JOIN ${calls} c ON c.notice_id = n.id WHERE c.id = ${id}) AS notice,
    (SELECT p.name FROM ${people} p JOIN ${calls} c ON c.agent_id = p.id WHERE c.id = ${id}) AS "agentName",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'at', e.at) ORDER BY e.position), '[]') FROM ${callEvents} e WHERE e.call_id = ${id}) AS events,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'reason', e.reason, 'at', e.at, 'second', e.second) ORDER BY e.position), '[]') FROM ${recordingEvents} e WHERE e.call_id = ${id}) AS recording,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'topic', e.topic, 'versionId', e.version_id, 'openedAt', e.opened_at, 'second', e.second) ORDER BY e.opened_at, e.id), '[]') FROM ${consultations} e WHERE e.call_id = ${id}) AS consultations,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'consultationId', e.consultation_id, 'kind', e.kind, 'versionId', e.version_id, 'blockId', e.block_id, 'answer', e.answer, 'tier', e.tier, 'detail', e.detail, 'at', e.at, 'second', e.second) ORDER BY e.position), '[]') FROM ${trailEvents} e WHERE e.call_id = ${id}) AS trail,
    (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.opened_at, e.id), '[]') FROM ${escalations} e WHERE e.call_id = ${id}) AS escalations`)
  const row = result.rows[0]
  if (!row) throw new Error('the ledgers of a call came back empty')
  return row
}

/** An escalation's row as `to_jsonb` gives it. */
export type EscalationJson = {
  id: string
  call_id: string
  cause: EscalationRow['cause']
  block_id: string | null
  urgency: Tier
  opened_at: string
  second: number
  destination: EscalationRow['destination']
  reason: string | null
  consent: EscalationRow['consent']
  reference: string | null
  outcome: EscalationRow['outcome']
  outcome_reason: string | null
  outcome_at: string | null
  location_sealed: string | null
  callback_sealed: string | null
  version: number
}

type LedgerTime = string
export type CallLedgers = {
  notice: { id: string; version: number; wording: string }
  agentName: string
  events: { kind: string; at: LedgerTime }[]
  recording: { id: string; kind: string; reason: string | null; at: LedgerTime; second: number }[]
  consultations: { id: string; topic: string; versionId: string; openedAt: LedgerTime; second: number }[]
  trail: {
    id: string
    consultationId: string | null
    kind: string
    versionId: string
    blockId: string | null
    answer: Answer | null
    tier: Tier | null
    detail: string | null
    at: LedgerTime
    second: number
  }[]
  escalations: EscalationJson[]
}

export type CallFilter = {
  whose: 'mine' | 'team'
  phase?: 'live' | 'to-finish' | 'finished'
  agentId?: string
  from?: Date
  to?: Date
  disposition?: string
  recording?: 'recorded' | 'not-told' | 'objected'
  escalated?: boolean
  urgency?: Tier
}

export type Cursor = { startedAt: string; id: string }

const PHASES: Record<NonNullable<CallFilter['phase']>, CallState[]> = {
  live: ['ringing', 'in-progress', 'on-hold'],
  'to-finish': ['wrapping-up'],
  finished: ['finished'],
}

/** A page of calls, newest first, by keyset: the same cost at any depth. Shows what a list shows, no notes. */
export async function listCalls(db: Reader, scope: Scope, filter: CallFilter, cursor: Cursor | null, limit: number) {
  const team = filter.whose === 'team' && scope.teamId ? eq(calls.teamId, scope.teamId) : eq(calls.agentId, scope.personId)
  return db
    .select({
      id: calls.id,
      reference: calls.reference,
      state: calls.state,
      agentId: calls.agentId,
      agentName: people.name,
      startedAt: calls.startedAt,
      cursorAt: sql<string>`to_char(${calls.startedAt}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      endedAt: calls.endedAt,
      recordingState: calls.recordingState,
      recorded: calls.recorded,
      told: calls.told,
      objected: calls.objected,
      urgency: calls.urgency,
      escalated: calls.escalated,
      topics: calls.topics,
      caller: calls.caller,
      dispositionCode: calls.dispositionCode,
      dispositionLabel: calls.dispositionLabel,
      version: calls.version,
    })
    .from(calls)
    .innerJoin(people, eq(people.id, calls.agentId))
    .where(
      and(
        team,
        cursor ? sql`(${calls.startedAt}, ${calls.id}) < (${cursor.startedAt}::timestamptz, ${cursor.id}::uuid)` : undefined,
        filter.phase ? inArray(calls.state, PHASES[filter.phase]) : undefined,
        filter.agentId ? eq(calls.agentId, filter.agentId) : undefined,
        filter.from ? gte(calls.startedAt, filter.from) : undefined,
        filter.to ? lt(calls.startedAt, filter.to) : undefined,
        filter.disposition ? eq(calls.dispositionCode, filter.disposition) : undefined,
        filter.recording === 'recorded' ? eq(calls.recorded, true) : undefined,
        filter.recording === 'not-told' ? and(eq(calls.recorded, true), sql`${calls.told} IS DISTINCT FROM 'told'`) : undefined,
        filter.recording === 'objected' ? eq(calls.objected, true) : undefined,
        filter.escalated === undefined ? undefined : eq(calls.escalated, filter.escalated),
        filter.urgency ? eq(calls.urgency, filter.urgency) : undefined,
      ),
    )
    .orderBy(desc(calls.startedAt), desc(calls.id))
    .limit(limit)
}
