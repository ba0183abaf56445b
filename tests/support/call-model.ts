/** A call as its rules say it should be, and the commands that drive it and the API side by side. */
import type fc from 'fast-check'
import { expect } from 'playwright/test'
import { missingFor, nextState } from '#lib/calls/rules.ts'
import { callSchema } from '#lib/calls/schema.ts'
import { type CallAct, type CallerRelation, type CallState, LIVE_STATES } from '#lib/calls/terms.ts'
import { missingForOutcome } from '#lib/escalations/rules.ts'
import { escalationSchema } from '#lib/escalations/schema.ts'
import type { EscalationOutcome } from '#lib/escalations/terms.ts'
import { higherTier } from '#lib/guidance/rules.ts'
import type { Tier } from '#lib/guidance/terms.ts'
import { afterRecordingEvent, type RecordingView, startOfRecording } from '#lib/recordings/rules.ts'
import type { RecordingEventKind } from '#lib/recordings/terms.ts'
import { ask, good, type Reply, refused } from './ask.ts'
import type { House } from './house.ts'
import type { SignedIn } from './people.ts'

type OpenEscalation = { id: string; version: number; urgency: Tier }

export type Model = {
  call?: {
    state: CallState
    acts: CallAct[]
    recording: RecordingView
    kinds: RecordingEventKind[]
    version: number
    caller: CallerRelation | null
    isData: boolean | null
    urgency: Tier
    escalated: boolean
    open: OpenEscalation | null
  }
}

/** One agent at two browsers, which take turns. */
export type Real = { house: House; browsers: SignedIn[]; callId?: string; turn: number }
type Command = fc.AsyncCommand<Model, Real>

function send(real: Real, method: string, path: string, body?: unknown, ifMatch?: number): Promise<Reply> {
  real.turn += 1
  return ask(real.house, method, `/api/v1${path}`, { as: real.browsers[real.turn % real.browsers.length], body, ifMatch })
}

/** A command that makes sense as soon as there was a call, whatever its state: what does not follow must be refused. */
function command(name: string, run: (call: NonNullable<Model['call']>, real: Real) => Promise<void>): Command {
  return {
    check: (model) => model.call !== undefined,
    run: (model, real) => (model.call ? run(model.call, real) : Promise.resolve()),
    toString: () => name,
  }
}

export const start: Command = {
  check: () => true,
  async run(model, real) {
    const reply = await send(real, 'POST', '/calls')
    if (model.call && LIVE_STATES.includes(model.call.state)) {
      expect(refused(reply, 409, 'live-call').callId).toBe(real.callId)
      return
    }
    const call = good(reply, 201, callSchema)
    real.callId = call.id
    model.call = {
      state: nextState('none', 'start') ?? 'ringing',
      acts: ['start'],
      recording: startOfRecording(call.recordingPolicy.recordsCalls),
      kinds: [],
      version: 1,
      caller: null,
      isData: null,
      urgency: 'routine',
      escalated: false,
      open: null,
    }
    expectLike(call, model.call)
  },
  toString: () => 'start',
}

function expectLike(call: ReturnType<typeof callSchema.parse>, model: NonNullable<Model['call']>) {
  const { state, recording, version, caller, urgency, escalated } = model
  expect(call).toMatchObject({
    state,
    version,
    caller,
    urgency,
    escalated,
    recorded: recording.recorded,
    told: recording.told,
    objected: recording.objected,
    recordingState: recording.state,
  })
}

export const act = (name: 'hold' | 'resume' | 'end') =>
  command(name, async (model, real) => {
    const reply = await send(real, 'POST', `/calls/${real.callId}/${name}`)
    const next = nextState(model.state, name)
    if (!next) return void refused(reply, 409, 'call-state')
    model.state = next
    model.acts.push(name)
    expectLike(good(reply, 200, callSchema), model)
  })

export const finish = command('finish', async (model, real) => {
  const reply = await send(real, 'POST', `/calls/${real.callId}/finish`)
  if (model.state === 'finished') return void refused(reply, 409, 'call-state')
  const { told, objected } = model.recording
  const missing = missingFor({
    told,
    objected,
    recordsCalls: true,
    caller: model.caller,
    disposition: model.isData === null ? null : { isData: model.isData },
    openEscalations: model.open ? 1 : 0,
  })
  if (missing.length > 0) return void expect(refused(reply, 409, 'call-incomplete').missing).toEqual(missing)
  if (LIVE_STATES.includes(model.state)) model.acts.push('end')
  model.acts.push('finish')
  model.state = 'finished'
  expectLike(good(reply, 200, callSchema), model)
})

export const record = (kind: RecordingEventKind) =>
  command(`record ${kind}`, async (model, real) => {
    const reply = await send(real, 'POST', `/calls/${real.callId}/recording-events`, { kind, reason: 'card-details' })
    if (model.state === 'finished') return void refused(reply, 409, 'call-state')
    const after = afterRecordingEvent(model.recording, kind)
    if (!after) return void expect(refused(reply, 409, 'recording-state').recordingState).toBe(model.recording.state)
    model.recording = after
    model.kinds.push(kind)
    expectLike(good(reply, 201, callSchema), model)
  })

export const change = (caller: CallerRelation | null, disposition: { code: string | null; isData: boolean | null }) =>
  command(`change ${caller} ${disposition.code}`, async (model, real) => {
    const reply = await send(real, 'PATCH', `/calls/${real.callId}`, { caller, dispositionCode: disposition.code }, model.version)
    if (model.state === 'finished') return void refused(reply, 409, 'call-state')
    Object.assign(model, { caller, isData: disposition.isData, version: model.version + 1 })
    expectLike(good(reply, 200, callSchema), model)
  })

export const escalate = (urgency: 'emergency' | 'same-day') =>
  command(`escalate ${urgency}`, async (model, real) => {
    const reply = await send(real, 'POST', `/calls/${real.callId}/escalations`, { urgency })
    if (model.state === 'finished') return void refused(reply, 409, 'call-state')
    const escalation = good(reply, 201, escalationSchema)
    if (model.open) expect(escalation.id).toBe(model.open.id)
    model.open = { id: escalation.id, version: escalation.version, urgency: model.open ? higherTier(model.open.urgency, urgency) : urgency }
    expect(escalation.urgency).toBe(model.open.urgency)
    model.urgency = higherTier(model.urgency, urgency)
    model.escalated = true
  })

export const settle = (outcome: EscalationOutcome, reference: string | null, outcomeReason: string | null) =>
  command(`settle ${outcome}`, async (model, real) => {
    const { open } = model
    if (!open) return
    const reply = await send(real, 'PATCH', `/escalations/${open.id}`, { outcome, reference, outcomeReason }, open.version)
    if (missingForOutcome({ outcome, reference, outcomeReason })) return void refused(reply, 422, 'invalid-input')
    expect(good(reply, 200, escalationSchema).outcome).toBe(outcome)
    model.open = null
  })
