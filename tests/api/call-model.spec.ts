/** The API against the rules it is made of: whatever order acts come in, from whichever browser, both say the same. */
import fc from 'fast-check'
import { nextState } from '#lib/calls/rules.ts'
import { CALLER_RELATIONS, type CallAct, type CallState } from '#lib/calls/terms.ts'
import { ESCALATION_OUTCOMES } from '#lib/escalations/terms.ts'
import { foldRecording } from '#lib/recordings/rules.ts'
import { RECORDING_EVENT_KINDS } from '#lib/recordings/terms.ts'
import { ask } from '../support/ask.ts'
import { act, change, escalate, finish, type Model, type Real, record, settle, start } from '../support/call-model.ts'
import { clearLive, deskOf } from '../support/desk.ts'
import { arrive, type SignedIn, signIn } from '../support/people.ts'
import { expect, type House, test } from '../support/test.ts'

const optional = (...words: string[]) => fc.constantFrom(null, ...words)

const commands = fc.commands(
  [
    fc.constant(start),
    fc.constantFrom('hold' as const, 'resume' as const, 'end' as const).map(act),
    fc.constant(finish),
    fc.constantFrom(...RECORDING_EVENT_KINDS).map(record),
    fc
      .tuple(
        fc.constantFrom(...CALLER_RELATIONS, null),
        fc.constantFrom(
          { code: 'information', isData: true },
          { code: 'urgent', isData: true },
          { code: 'silent', isData: false },
          { code: null, isData: null },
        ),
      )
      .map(([caller, disposition]) => change(caller, disposition)),
    fc.constantFrom('emergency' as const, 'same-day' as const).map(escalate),
    fc.tuple(fc.constantFrom(...ESCALATION_OUTCOMES), optional('CAD 4711', ' '), optional('a slip of the hand', '')).map((words) => settle(...words)),
  ],
  { maxCommands: 40, size: 'max' },
)

/** The ledgers of a call lead to what the call says of itself. */
async function expectFolded(house: House, agent: SignedIn, callId: string) {
  const call = await deskOf(house, agent).get(callId)
  const acts = call.events.map((event) => event.kind as CallAct)
  expect(acts.reduce<CallState | 'none' | null>((state, each) => state && nextState(state, each), 'none')).toBe(call.state)
  const view = foldRecording(
    call.recordingPolicy.recordsCalls,
    call.recording.map((event) => event.kind),
  )
  expect(view).toEqual({ state: call.recordingState, recorded: call.recorded, told: call.told, objected: call.objected })
  expect(call.escalations.filter((escalation) => escalation.outcome === null).length).toBeLessThanOrEqual(1)
  expect(call.escalated).toBe(call.escalations.length > 0)
  return call
}

test('three agents at once, each at two browsers, do anything in any order, and the API says what the rules say', async ({ house }) => {
  const agents = await Promise.all(['Ama', 'Ben', 'Cal'].map((name) => arrive(house, name)))
  const browsers = await Promise.all(agents.map(async (agent) => [agent, await signIn(house, agent)]))
  await fc.assert(
    fc.asyncProperty(fc.tuple(commands, commands, commands), async (runs) => {
      for (const agent of agents) await clearLive(house, agent)
      await Promise.all(
        runs.map(async (run, index) => {
          const model: Model = {}
          const real: Real = { house, browsers: browsers[index] ?? [], turn: 0 }
          await fc.asyncModelRun(() => ({ model, real }), run)
          const agent = agents[index]
          if (!model.call || !real.callId || !agent) return
          const call = await expectFolded(house, agent, real.callId)
          expect(call.events.map((event) => event.kind)).toEqual(model.call.acts)
          expect(call.recording.map((event) => event.kind)).toEqual(model.call.kinds)
        }),
      )
    }),
    { numRuns: 20 },
  )
})

test('two browsers that act on one call at the same moment get answers that some order explains', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const browsers = [agent, await signIn(house, agent)] as const
  const doing = fc.oneof(
    fc.constantFrom('hold', 'resume', 'end', 'finish').map((verb) => ({ path: verb, body: undefined })),
    fc.constantFrom(...RECORDING_EVENT_KINDS).map((kind) => ({ path: 'recording-events', body: { kind, reason: 'card-details' } })),
    fc.constant({ path: 'escalations', body: {} }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { minLength: 2, maxLength: 8 }), fc.array(doing, { minLength: 2, maxLength: 8 }), async (left, right) => {
      await clearLive(house, agent)
      const desk = deskOf(house, agent)
      const started = await desk.start()
      await desk.change(started, { dispositionCode: 'test' })
      const replies = await Promise.all(
        [left, right].flatMap((each, side) =>
          each.map(async ({ path, body }) => {
            const reply = await ask(house, 'POST', `/api/v1/calls/${started.id}/${path}`, { as: browsers[side], body })
            expect([200, 201, 409], reply.text).toContain(reply.status)
            return { path, isDone: reply.status !== 409 }
          }),
        ),
      )
      const call = await expectFolded(house, agent, started.id)
      const done = (path: string) => replies.filter((reply) => reply.path === path && reply.isDone).length
      const kept = (kind: string) => call.events.filter((event) => event.kind === kind).length
      for (const verb of ['hold', 'resume', 'finish']) expect(kept(verb), verb).toBe(done(verb))
      // A live call that is finished is ended on the way.
      expect(kept('end') - done('end')).toBeGreaterThanOrEqual(0)
      expect(kept('end')).toBeLessThanOrEqual(1)
      expect(call.recording).toHaveLength(done('recording-events'))
      expect(call.escalations).toHaveLength(done('escalations') > 0 ? 1 : 0)
    }),
    { numRuns: 30 },
  )
})
