import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { type CallRow, type EscalationJson, lockOwnCall } from '#db/queries/calls.ts'
import {
  type EscalationPatch,
  type EscalationRow,
  findEscalation,
  findOpenEscalation,
  insertEscalation,
  momentOf,
  patchEscalation,
  raiseEscalation,
} from '#db/queries/ledgers.ts'
import type { Actor } from '#lib/access/actor.ts'
import { auditCall } from '#lib/audit/service.ts'
import { higherTier } from '#lib/guidance/rules.ts'
import type { Tier } from '#lib/guidance/terms.ts'
import { seal, unseal } from '#lib/privacy/sealing.ts'
import { Refusal } from '#lib/refusal.ts'
import { missingForOutcome } from './rules.ts'
import type { EscalationCause, EscalationOutcome } from './terms.ts'

const place = (column: string, id: string) => `escalations.${column}.${id}`

/** An escalation as it goes over the wire: location and call-back number opened. */
export function presentEscalation(row: EscalationRow) {
  return {
    id: row.id,
    callId: row.callId,
    cause: row.cause,
    blockId: row.blockId,
    urgency: row.urgency,
    openedAt: row.openedAt.toISOString(),
    second: row.second,
    destination: row.destination,
    reason: row.reason,
    consent: row.consent,
    reference: row.reference,
    outcome: row.outcome,
    outcomeReason: row.outcomeReason,
    outcomeAt: row.outcomeAt?.toISOString() ?? null,
    location: row.locationSealed ? unseal(row.locationSealed, place('location', row.id)) : null,
    callbackNumber: row.callbackSealed ? unseal(row.callbackSealed, place('callback', row.id)) : null,
    version: row.version,
  }
}

/** The same from the row as JSON that a call's ledgers hold. */
export function escalationFromJson(row: EscalationJson) {
  return presentEscalation({
    id: row.id,
    callId: row.call_id,
    cause: row.cause,
    blockId: row.block_id,
    urgency: row.urgency,
    openedAt: new Date(row.opened_at),
    second: row.second,
    destination: row.destination,
    reason: row.reason,
    consent: row.consent,
    reference: row.reference,
    outcome: row.outcome,
    outcomeReason: row.outcome_reason,
    outcomeAt: row.outcome_at ? new Date(row.outcome_at) : null,
    locationSealed: row.location_sealed,
    callbackSealed: row.callback_sealed,
    version: row.version,
  })
}

export type EscalationCauseInput = { cause: EscalationCause; urgency: Tier; blockId?: string | null; reason?: string | null; agoMs: number }

/**
 * Opens an escalation on a call that the caller holds locked. While one has no outcome yet, a further cause joins it and can only
 * raise its urgency: one emergency is one thing to settle, not five.
 */
export async function openOrJoinEscalation(tx: Tx, actor: Actor, call: CallRow, input: EscalationCauseInput): Promise<EscalationRow> {
  const open = await findOpenEscalation(tx, call.id)
  if (open) {
    const urgency = higherTier(open.urgency, input.urgency)
    await auditCall(tx, actor, 'escalation.joined', call, open.id, { cause: input.cause, urgency, blockId: input.blockId ?? null })
    return urgency === open.urgency ? open : raiseEscalation(tx, open.id, urgency)
  }
  const row = await insertEscalation(tx, momentOf(call.startedAt, input.agoMs), {
    id: randomUUIDv7(),
    callId: call.id,
    cause: input.cause,
    blockId: input.blockId ?? null,
    urgency: input.urgency,
    reason: input.reason ?? null,
  })
  await auditCall(tx, actor, 'escalation.opened', call, row.id, { cause: input.cause, urgency: input.urgency, blockId: input.blockId ?? null })
  return row
}

export type EscalationChange = {
  destination?: EscalationRow['destination'] | undefined
  reason?: string | null | undefined
  consent?: EscalationRow['consent'] | undefined
  reference?: string | null | undefined
  outcome?: EscalationOutcome | undefined
  outcomeReason?: string | null | undefined
  location?: string | null | undefined
  callbackNumber?: string | null | undefined
}

/** Changes an escalation of the actor's own call, before the call is finished. Refuses a stale version, and an outcome that lacks its reference or reason. */
export async function changeEscalation(tx: Tx, actor: Actor, input: { id: string; version: number; change: EscalationChange }) {
  const found = await findEscalation(tx, input.id)
  const call = found && (await lockOwnCall(tx, actor.id, found.callId))
  if (!found || !call) throw new Refusal('not-found')
  if (call.state === 'finished') throw new Refusal('call-state', 'The call is finished: it is read-only')
  const { location, callbackNumber, ...plain } = input.change
  const after = { outcome: found.outcome, reference: found.reference, outcomeReason: found.outcomeReason, ...dropUndefined(plain) }
  const field = missingForOutcome(after)
  if (field) {
    const message = field === 'reference' ? 'Give the reference of the 999 call' : 'Say why'
    throw new Refusal('invalid-input', message, { fields: [{ field, message }] })
  }
  const patch: EscalationPatch = {
    ...dropUndefined(plain),
    ...(location === undefined ? {} : { locationSealed: location ? seal(location, place('location', found.id)) : null }),
    ...(callbackNumber === undefined ? {} : { callbackSealed: callbackNumber ? seal(callbackNumber, place('callback', found.id)) : null }),
  }
  const row = await patchEscalation(tx, found.id, input.version, patch)
  if (!row) {
    const current = await findEscalation(tx, found.id)
    throw new Refusal('version-stale', undefined, { yours: input.version, current: current ? presentEscalation(current) : null })
  }
  await auditCall(tx, actor, row.outcome && row.outcome !== found.outcome ? 'escalation.outcome' : 'escalation.changed', call, row.id, {
    outcome: row.outcome,
    fields: Object.keys(input.change).sort().join(','),
  })
  return presentEscalation(row)
}

function dropUndefined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}
