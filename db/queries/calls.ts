import { and, eq, getTableColumns, gte, inArray, lt, or, sql } from 'drizzle-orm'
import type { Scope } from '#lib/access/actor.ts'
import type { CallState } from '#lib/calls/terms.ts'
import type { Answer, Tier } from '#lib/guidance/terms.ts'
import { append, prepared, type Reader } from '../client.ts'
import { callEvents, calls } from '../schema/calls.ts'
import { escalations } from '../schema/escalations.ts'
import { recordingNotices } from '../schema/helpline.ts'
import { people } from '../schema/people.ts'
import { recordingEvents } from '../schema/recordings.ts'
import { consultations, trailEvents } from '../schema/trail.ts'
import type { EscalationRow } from './ledgers.ts'

/** A call and the database's clock as it was read. */
export type CallRow = typeof calls.$inferSelect & { now: string }

const columns = { ...getTableColumns(calls), now: sql<string>`now()` }

const id = sql.placeholder('id')
const personId = sql.placeholder('personId')

const lockOwnById = prepared((db) =>
  db
    .select(columns)
    .from(calls)
    .where(and(eq(calls.id, id), eq(calls.agentId, personId)))
    .for('no key update')
    .prepare('lock_own_call'),
)

/** The actor's own call, locked for this transaction: its ledgers grow one at a time. */
export async function lockOwnCall(db: Reader, personId: string, id: string): Promise<CallRow | undefined> {
  const [row] = await lockOwnById(db).execute({ id, personId })
  return row
}

const insertUnlessLive = prepared((db) =>
  db
    .insert(calls)
    .values({
      id,
      reference: sql.placeholder('reference'),
      agentId: sql.placeholder('agentId'),
      teamId: sql.placeholder('teamId'),
      state: sql.placeholder('state'),
      recordingPolicy: sql.placeholder('recordingPolicy'),
      noticeId: sql.placeholder('noticeId'),
      recordingState: sql.placeholder('recordingState'),
      recorded: sql.placeholder('recorded'),
    })
    .onConflictDoNothing({ target: calls.agentId, where: sql`state in ('ringing', 'in-progress', 'on-hold')` })
    .returning(columns)
    .prepare('insert_call'),
)

type NewCall = Pick<
  typeof calls.$inferInsert,
  'id' | 'reference' | 'agentId' | 'teamId' | 'state' | 'recordingPolicy' | 'noticeId' | 'recordingState' | 'recorded'
>

/** Inserts a call unless its agent has a live one: then nothing comes back. */
export async function insertCall(db: Reader, row: NewCall): Promise<CallRow | undefined> {
  const [made] = await insertUnlessLive(db).execute(row)
  return made
}

export async function findLiveCallId(db: Reader, personId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.agentId, personId), inArray(calls.state, ['ringing', 'in-progress', 'on-hold'])))
  return row?.id
}

type Stamp = 'endedAt' | 'finishedAt' | 'none'

/** A call that is finished without having been ended ends now. */
const STAMPS = { endedAt: { endedAt: sql`now()` }, finishedAt: { endedAt: sql`coalesce(${calls.endedAt}, now())`, finishedAt: sql`now()` }, none: {} }

const moving = (stamp: Stamp) =>
  prepared((db) =>
    db
      .update(calls)
      .set({ state: sql`${sql.placeholder('to')}`, ...STAMPS[stamp] })
      .where(and(eq(calls.id, sql.placeholder('id')), eq(calls.state, sql.placeholder('from'))))
      .returning(columns)
      .prepare(`move_call_${stamp}`),
  )
const move = { endedAt: moving('endedAt'), finishedAt: moving('finishedAt'), none: moving('none') }

/** Saves a change only while the call is in the state it was decided on; nothing comes back otherwise. */
export async function moveCall(db: Reader, id: string, from: CallState, to: CallState, stamp: Stamp): Promise<CallRow | undefined> {
  const [row] = await move[stamp](db).execute({ id, from, to })
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

const insertEvent = prepared((db) =>
  db
    .insert(callEvents)
    .values({ id, callId: sql.placeholder('callId'), kind: sql.placeholder('kind'), by: sql.placeholder('by') })
    .prepare('insert_call_event'),
)

export async function insertCallEvent(db: Reader, row: { id: string; callId: string; kind: string; by: string }) {
  await append(db, insertEvent(db).execute(row))
}

/** Everything that hangs on a call, each list in order, beside the call itself. Times are ISO strings made by the database. */
const ledgers = sql<CallLedgers>`json_build_object(
    'notice', (SELECT json_build_object('id', n.id, 'version', n.version, 'wording', n.wording) FROM ${recordingNotices} n WHERE n.id = calls.notice_id),
    'agentName', (SELECT p.name FROM ${people} p WHERE p.id = calls.agent_id),
    'events', (SELECT coalesce(json_agg(json_build_object('kind', e.kind, 'at', e.at) ORDER BY e.position), '[]') FROM ${callEvents} e WHERE e.call_id = calls.id),
    'recording', (SELECT coalesce(json_agg(json_build_object('id', e.id, 'kind', e.kind, 'reason', e.reason, 'at', e.at, 'second', e.second) ORDER BY e.position), '[]') FROM ${recordingEvents} e WHERE e.call_id = calls.id),
    'consultations', (SELECT coalesce(json_agg(json_build_object('id', e.id, 'topic', e.topic, 'versionId', e.version_id, 'openedAt', e.opened_at, 'second', e.second) ORDER BY e.opened_at, e.id), '[]') FROM ${consultations} e WHERE e.call_id = calls.id),
    'trail', (SELECT coalesce(json_agg(json_build_object('id', e.id, 'consultationId', e.consultation_id, 'kind', e.kind, 'versionId', e.version_id, 'blockId', e.block_id, 'answer', e.answer, 'tier', e.tier, 'detail', e.detail, 'at', e.at, 'second', e.second) ORDER BY e.position), '[]') FROM ${trailEvents} e WHERE e.call_id = calls.id),
    'escalations', (SELECT coalesce(json_agg(to_json(e) ORDER BY e.opened_at, e.id), '[]') FROM ${escalations} e WHERE e.call_id = calls.id))`

const recordById = (isTeams: boolean) =>
  prepared((db) =>
    db
      .select({ ...columns, ledgers })
      .from(calls)
      .where(and(eq(calls.id, id), or(eq(calls.agentId, personId), isTeams ? eq(calls.teamId, sql.placeholder('teamId')) : undefined)))
      .prepare(`find_call_record_${isTeams}`),
  )
const ownRecord = recordById(false)
const teamsRecord = recordById(true)

/** The actor's own call, or as a supervisor one of the team's, with its ledgers in one look-up. One outside is as good as absent. */
export async function findCallRecord(db: Reader, scope: Scope, id: string): Promise<(CallRow & { ledgers: CallLedgers }) | undefined> {
  const { personId, teamId } = scope
  const [row] = teamId ? await teamsRecord(db).execute({ id, personId, teamId }) : await ownRecord(db).execute({ id, personId })
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

/** As the indexes have it: another place for nulls would make Postgres sort every call of a team, though there are none. */
const newestFirst = [sql`${calls.startedAt} DESC NULLS LAST`, sql`${calls.id} DESC NULLS LAST`]

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
    .orderBy(...newestFirst)
    .limit(limit)
}
