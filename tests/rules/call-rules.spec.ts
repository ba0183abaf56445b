import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { type Completeness, missingFor, newReference, nextState } from '#lib/calls/rules.ts'
import { CALL_ACTS, CALL_STATES, CALLER_RELATIONS, type CallAct, type CallState, LIVE_STATES, MISSING, MISSING_LABELS } from '#lib/calls/terms.ts'
import { missingForOutcome } from '#lib/escalations/rules.ts'
import { ESCALATION_OUTCOMES } from '#lib/escalations/terms.ts'
import { TELLINGS } from '#lib/recordings/terms.ts'

const act = fc.constantFrom(...CALL_ACTS)
const run = (acts: readonly CallAct[]) => acts.reduce<CallState | 'none'>((state, each) => nextState(state, each) ?? state, 'none')

/** The whole of it, as the design draws it. Any other pair leads nowhere. */
const DRAWN: Record<string, CallState> = {
  'none start': 'in-progress',
  'ringing start': 'in-progress',
  'in-progress hold': 'on-hold',
  'on-hold resume': 'in-progress',
  'in-progress end': 'wrapping-up',
  'on-hold end': 'wrapping-up',
  'wrapping-up finish': 'finished',
}

test('every act from every state leads where the design draws it, or nowhere', () => {
  for (const state of ['none', ...CALL_STATES] as const)
    for (const each of CALL_ACTS) expect(nextState(state, each), `${state} ${each}`).toBe(DRAWN[`${state} ${each}`] ?? null)
})

test('nothing leaves finished, missed or abandoned, and nothing but a start leads into a call', () => {
  for (const each of CALL_ACTS) for (const state of ['finished', 'missed', 'abandoned'] as const) expect(nextState(state, each)).toBeNull()
  for (const each of CALL_ACTS.filter((other) => other !== 'start')) expect(nextState('none', each)).toBeNull()
})

test('whatever is tried, a call that has ended is never live again and is finished only after its end', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      let hasEnded = false
      let state: CallState | 'none' = 'none'
      for (const each of acts) {
        const next = nextState(state, each)
        if (!next) continue
        if (each === 'finish') expect(hasEnded).toBe(true)
        if (hasEnded) expect(LIVE_STATES).not.toContain(next)
        hasEnded ||= each === 'end'
        state = next
      }
      expect(run(acts)).toBe(state)
    }),
  )
})

const completeness: fc.Arbitrary<Completeness> = fc.record({
  told: fc.constantFrom(...TELLINGS, null),
  objected: fc.boolean(),
  recordsCalls: fc.boolean(),
  caller: fc.constantFrom(...CALLER_RELATIONS, null),
  disposition: fc.constantFrom({ isData: true }, { isData: false }, null),
  openEscalations: fc.nat(3),
})

test('nothing is missing only from a call that has its disposition and no open escalation', () => {
  fc.assert(
    fc.property(completeness, (call) => {
      const missing = missingFor(call)
      expect(missing.includes('disposition')).toBe(call.disposition === null)
      expect(missing.includes('escalation-outcome')).toBe(call.openEscalations > 0)
      if (call.disposition?.isData === false) expect(missing.filter((each) => each !== 'escalation-outcome')).toEqual([])
      else {
        expect(missing.includes('caller')).toBe(call.caller === null)
        expect(missing.includes('recording-notice')).toBe(call.recordsCalls && call.told === null && !call.objected)
      }
    }),
  )
})

test('what is missing comes in the desk’s order, each once, and each has its words', () => {
  fc.assert(fc.property(completeness, (call) => expect(missingFor(call)).toEqual(MISSING.filter((each) => missingFor(call).includes(each)))))
  for (const each of MISSING) expect(MISSING_LABELS[each]).not.toBe('')
})

test('telling more, settling more or choosing more never makes anything missing that was not', () => {
  fc.assert(
    fc.property(completeness, (call) => {
      const before = missingFor(call)
      const steps: Completeness[] = [
        { ...call, told: 'told' },
        { ...call, objected: true },
        { ...call, caller: 'self' },
        { ...call, openEscalations: 0 },
      ]
      for (const step of steps) expect(before).toEqual(expect.arrayContaining(missingFor(step)))
    }),
  )
})

test('"we rang 999" lacks its reference and "opened in error" its reason until they are more than spaces', () => {
  const words = fc.constantFrom(null, '', '  ', 'words')
  fc.assert(
    fc.property(fc.constantFrom(...ESCALATION_OUTCOMES, null), words, words, (outcome, reference, outcomeReason) => {
      const lacks =
        outcome === 'we-rang-999' && reference !== 'words' ? 'reference' : outcome === 'opened-in-error' && outcomeReason !== 'words' ? 'outcomeReason' : null
      expect(missingForOutcome({ outcome, reference, outcomeReason })).toBe(lacks)
    }),
  )
})

test('a reference can be said aloud: three letters and five digits, and none that sound or look like another', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 8, maxLength: 8 }), (numbers) => {
      const drawn = [...numbers]
      expect(newReference(() => drawn.shift() ?? 0)).toMatch(/^[A-HJ-NP-Z]{3}-[2-9]{5}$/)
    }),
  )
})
