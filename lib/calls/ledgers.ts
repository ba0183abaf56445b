import type { Tx } from '#db/client.ts'
import { type CallRow, updateCallViews } from '#db/queries/calls.ts'
import type { Actor } from '#lib/access/actor.ts'
import { openOrJoinEscalation, presentEscalation } from '#lib/escalations/service.ts'
import { higherTier, isAtLeast, urgencyOf } from '#lib/guidance/rules.ts'
import { appendTrail, openConsultation, type Positive, type TrailInput } from '#lib/guidance/service.ts'
import { recordEvent } from '#lib/recordings/service.ts'
import type { RecordingEventKind } from '#lib/recordings/terms.ts'
import { presentCall } from './present.ts'
import { lockOpenCall } from './service.ts'

async function saveViews(tx: Tx, call: CallRow, views: Parameters<typeof updateCallViews>[2]): Promise<CallRow> {
  return (await updateCallViews(tx, call.id, views)) ?? call
}

/** Adds to the recording ledger and keeps its view on the call. */
export async function addRecordingEvent(tx: Tx, actor: Actor, input: { id: string; kind: RecordingEventKind; reason?: string | undefined; agoMs: number }) {
  const call = await lockOpenCall(tx, actor, input.id)
  const { state, ...view } = await recordEvent(tx, actor, call, input)
  return presentCall(await saveViews(tx, call, { recordingState: state, ...view }))
}

/** Opens a topic in a call; the call remembers which topics were opened. */
export async function addConsultation(
  tx: Tx,
  actor: Actor,
  input: { id: string; topic: string; consultationId?: string | undefined; versionId?: string | undefined; agoMs: number },
) {
  const call = await lockOpenCall(tx, actor, input.id)
  const consultation = await openConsultation(tx, actor, call, { ...input, id: input.consultationId })
  if (!call.topics.includes(consultation.topic)) await saveViews(tx, call, { topics: [...call.topics, consultation.topic] })
  return consultation
}

/**
 * Adds to the guidance trail. A positive answer raises the call's urgency, never lowers it; at same-day or above it opens an
 * escalation, or joins the one that is open.
 */
export async function addTrailEvents(tx: Tx, actor: Actor, input: { id: string; consultationId: string; events: readonly TrailInput[] }) {
  const call = await lockOpenCall(tx, actor, input.id)
  const positives = await appendTrail(tx, actor, call, input.consultationId, input.events)
  const urgent = mostUrgent(positives)
  const escalation = urgent
    ? await openOrJoinEscalation(tx, actor, call, { cause: 'safety-question', urgency: urgent.tier, blockId: urgent.blockId, agoMs: urgent.agoMs })
    : null
  const urgency = urgencyOf([call.urgency, ...positives.map((each) => each.tier)])
  const hasChanged = urgency !== call.urgency || (escalation !== null && !call.escalated)
  const after = hasChanged ? await saveViews(tx, call, { urgency, escalated: call.escalated || escalation !== null }) : call
  return { call: presentCall(after), escalation: escalation ? presentEscalation(escalation) : null }
}

function mostUrgent(positives: readonly Positive[]): Positive | undefined {
  return positives
    .filter((each) => isAtLeast(each.tier, 'same-day'))
    .reduce<Positive | undefined>((most, each) => (most && isAtLeast(most.tier, each.tier) ? most : each), undefined)
}

/** Opens an escalation at the agent's own word, whatever the guidance says. */
export async function addEscalation(
  tx: Tx,
  actor: Actor,
  input: { id: string; urgency: 'emergency' | 'same-day'; reason?: string | undefined; agoMs: number },
) {
  const call = await lockOpenCall(tx, actor, input.id)
  const escalation = await openOrJoinEscalation(tx, actor, call, { cause: 'agent', urgency: input.urgency, reason: input.reason ?? null, agoMs: input.agoMs })
  await saveViews(tx, call, { escalated: true, urgency: higherTier(call.urgency, input.urgency) })
  return presentEscalation(escalation)
}
