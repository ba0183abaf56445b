import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import type { CallRow } from '#db/queries/calls.ts'
import { insertRecordingEvent, momentOf } from '#db/queries/ledgers.ts'
import type { Actor } from '#lib/access/actor.ts'
import { auditCall } from '#lib/audit/service.ts'
import { Refusal } from '#lib/refusal.ts'
import { afterRecordingEvent, type RecordingView } from './rules.ts'
import type { RecordingEventKind } from './terms.ts'

/** Adds one event to the ledger of a call that the caller holds locked, and returns the view it leads to. Refuses what does not follow. */
export async function recordEvent(
  tx: Tx,
  actor: Actor,
  call: CallRow,
  input: { kind: RecordingEventKind; reason?: string | undefined; agoMs: number },
): Promise<RecordingView> {
  const before: RecordingView = { state: call.recordingState, recorded: call.recorded, told: call.told, objected: call.objected }
  const after = afterRecordingEvent(before, input.kind)
  if (!after) throw new Refusal('recording-state', `"${input.kind}" does not follow while the recording is "${before.state}"`, { recordingState: before.state })
  if (input.kind === 'could-not-tell' && !input.reason) throw new Refusal('invalid-input', 'Say why the caller could not be told')
  if (input.kind === 'paused' && !input.reason) throw new Refusal('invalid-input', 'Say why the recording was paused')
  await insertRecordingEvent(tx, momentOf(call.startedAt, input.agoMs), {
    id: randomUUIDv7(),
    callId: call.id,
    kind: input.kind,
    reason: input.reason ?? null,
    by: actor.id,
  })
  await auditCall(tx, actor, `recording.${input.kind}`, call)
  return after
}
