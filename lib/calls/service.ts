import { randomInt, randomUUIDv7 } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { hasRecentAuditEvent } from '#db/queries/audit.ts'
import { type CallPatch, type CallRow, findLiveCallId, insertCall, insertCallEvent, lockOwnCall, moveCall, patchCall } from '#db/queries/calls.ts'
import { findCallTerms, findDisposition } from '#db/queries/helpline.ts'
import { countOpenEscalations } from '#db/queries/ledgers.ts'
import type { Actor } from '#lib/access/actor.ts'
import { auditCall } from '#lib/audit/service.ts'
import { startOfRecording } from '#lib/recordings/rules.ts'
import { Refusal } from '#lib/refusal.ts'
import { presentCall } from './present.ts'
import { missingFor, newReference, nextState } from './rules.ts'
import { callSchema } from './schema.ts'
import { type CallAct, type CallerRelation, type CallState, type DangerSigns, LIVE_STATES, MISSING_LABELS } from './terms.ts'

const random = () => randomInt(2 ** 32) / 2 ** 32

/** Starts a call of the actor's. The helpline's policy and notice are copied to it. Refuses a second live call, and names the first. */
export async function startCall(tx: Tx, actor: Actor) {
  if (!actor.teamId) throw new Refusal('no-team')
  const { noticeId, ...recordingPolicy } = await findCallTerms(tx)
  const view = startOfRecording(recordingPolicy.recordsCalls)
  const call = await insertCall(tx, {
    id: randomUUIDv7(),
    reference: newReference(random),
    agentId: actor.id,
    teamId: actor.teamId,
    state: 'in-progress',
    recordingPolicy,
    noticeId,
    recordingState: view.state,
    recorded: view.recorded,
  })
  if (!call) throw new Refusal('live-call', undefined, { callId: await findLiveCallId(tx, actor.id) })
  await insertCallEvent(tx, { id: randomUUIDv7(), callId: call.id, kind: 'start', by: actor.id })
  await auditCall(tx, actor, 'call.started', call)
  return presentCall(call)
}

/** The actor's own call, locked and still open to change. */
export async function lockOpenCall(tx: Tx, actor: Actor, id: string): Promise<CallRow> {
  const call = await lockOwnCall(tx, actor.id, id)
  if (!call) throw new Refusal('not-found')
  if (call.state === 'finished') throw new Refusal('call-state', 'The call is finished: it is read-only')
  return call
}

export type CallChange = {
  notes?: string | undefined
  caller?: CallerRelation | null | undefined
  dispositionCode?: string | null | undefined
  dangerSigns?: DangerSigns | null | undefined
}

/** Saves what the agent typed and chose. Refuses a stale version with both versions, so that nothing is overwritten in silence. */
export async function changeCall(tx: Tx, actor: Actor, input: { id: string; version: number; change: CallChange }) {
  const patch = await patchOf(tx, input.change)
  const onlyNotes = Object.keys(patch).every((field) => field === 'notes')
  const [call, isAudited] = await Promise.all([
    patchCall(tx, actor.id, input.id, input.version, patch),
    onlyNotes && hasRecentAuditEvent(tx, 'call.noted', actor.id, input.id),
  ])
  if (!call) return refuseChange(tx, actor, input)
  if (!isAudited) await auditCall(tx, actor, onlyNotes ? 'call.noted' : 'call.changed', call, call.id, { fields: Object.keys(patch).sort().join(',') })
  return presentCall(call)
}

async function patchOf(tx: Tx, change: CallChange): Promise<CallPatch> {
  const patch: CallPatch = {}
  if (change.notes !== undefined) patch.notes = change.notes
  if (change.caller !== undefined) patch.caller = change.caller
  if (change.dangerSigns !== undefined) patch.dangerSigns = change.dangerSigns
  if (change.dispositionCode === undefined) return patch
  const disposition = change.dispositionCode === null ? null : await findDisposition(tx, change.dispositionCode)
  if (disposition === undefined || disposition?.retiredAt) {
    const message = 'That way of ending a call is not in use'
    throw new Refusal('invalid-input', message, { fields: [{ field: 'dispositionCode', message }] })
  }
  patch.dispositionCode = disposition?.code ?? null
  patch.dispositionLabel = disposition?.label ?? null
  return patch
}

async function refuseChange(tx: Tx, actor: Actor, input: { id: string; version: number }): Promise<never> {
  const current = await lockOpenCall(tx, actor, input.id)
  throw new Refusal('version-stale', undefined, { yours: input.version, current: callSchema.parse(presentCall(current)) })
}

/** Hold, resume or end: saves only where the act follows from the state the call is in. */
export async function actOnCall(tx: Tx, actor: Actor, input: { id: string; act: Exclude<CallAct, 'start' | 'finish'> }) {
  const call = await lockOpenCall(tx, actor, input.id)
  return presentCall(await move(tx, actor, call, [input.act]))
}

/** Takes a call through one act after another, in one save: what each leads to is decided by the rules before anything is written. */
async function move(tx: Tx, actor: Actor, call: CallRow, acts: readonly CallAct[]): Promise<CallRow> {
  const last = acts.at(-1)
  const to = acts.reduce<CallState | null>((state, act) => state && nextState(state, act), call.state)
  const moved = last && to && (await moveCall(tx, call.id, call.state, to, last === 'end' ? 'endedAt' : last === 'finish' ? 'finishedAt' : 'none'))
  if (!moved) throw new Refusal('call-state', `A call that is ${call.state.replace('-', ' ')} cannot ${last}`, { state: call.state })
  for (const act of acts) await insertCallEvent(tx, { id: randomUUIDv7(), callId: call.id, kind: act, by: actor.id })
  await auditCall(tx, actor, `call.${last}`, moved, moved.id, { acts: acts.join(',') })
  return moved
}

/** Finishes a call; a live one is ended first. Refuses with everything that is missing, and then changes nothing. */
export async function finishCall(tx: Tx, actor: Actor, input: { id: string }) {
  const call = await lockOpenCall(tx, actor, input.id)
  const disposition = call.dispositionCode ? await findDisposition(tx, call.dispositionCode) : null
  const missing = missingFor({
    told: call.told,
    objected: call.objected,
    recordsCalls: call.recordingPolicy.recordsCalls,
    caller: call.caller,
    disposition: disposition ?? null,
    openEscalations: call.escalated ? await countOpenEscalations(tx, call.id) : 0,
  })
  if (missing.length > 0) throw new Refusal('call-incomplete', `Still needed: ${missing.map((each) => MISSING_LABELS[each]).join('; ')}`, { missing })
  return presentCall(await move(tx, actor, call, LIVE_STATES.includes(call.state) ? ['end', 'finish'] : ['finish']))
}
