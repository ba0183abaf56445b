import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { afterRecordingEvent, foldRecording, type RecordingView, startOfRecording } from '#lib/recordings/rules.ts'
import { RECORDING_EVENT_KINDS, RECORDING_STATES, type RecordingEventKind, TELLINGS } from '#lib/recordings/terms.ts'

const kind = fc.constantFrom(...RECORDING_EVENT_KINDS)
const kinds = fc.array(kind, { maxLength: 30 })
const view: fc.Arbitrary<RecordingView> = fc.record({
  state: fc.constantFrom(...RECORDING_STATES),
  recorded: fc.boolean(),
  told: fc.constantFrom(...TELLINGS, null),
  objected: fc.boolean(),
})

/** Every view along the way. */
function steps(recordsCalls: boolean, each: readonly RecordingEventKind[]): RecordingView[] {
  const views = [startOfRecording(recordsCalls)]
  for (const one of each) {
    const last = views.at(-1)
    if (last) views.push(afterRecordingEvent(last, one) ?? last)
  }
  return views
}

test('a call that was or may have been recorded stays one: recorded never turns false', () => {
  fc.assert(
    fc.property(view, kinds, (first, each) => {
      let before = first
      for (const one of each) {
        const after = afterRecordingEvent(before, one) ?? before
        if (before.recorded) expect(after.recorded).toBe(true)
        if (after.state === 'recording' || (after.state === 'unknown' && after !== before)) expect(after.recorded || after === before).toBe(true)
        before = after
      }
    }),
  )
})

test('an objection stays: objected never turns false, and only an objection makes it true', () => {
  fc.assert(
    fc.property(view, kind, (before, one) => {
      const after = afterRecordingEvent(before, one)
      if (after) expect(after.objected).toBe(before.objected || one === 'objected')
    }),
  )
})

test('an objection alone never stops a recording: only "stopped" does', () => {
  fc.assert(
    fc.property(view, kind, (before, one) => {
      const after = afterRecordingEvent(before, one)
      if (after?.state === 'stopped' && before.state !== 'stopped') expect(one).toBe('stopped')
      if (after && one === 'objected' && before.state !== 'stopped') expect(after).toMatchObject({ state: 'unknown', recorded: true })
    }),
  )
})

test('a recording that was confirmed as stopped stays so when the caller objects after that', () => {
  for (const before of [['stopped'], ['objected', 'stopped'], ['paused', 'stopped']] as RecordingEventKind[][])
    expect(foldRecording(true, [...before, 'objected'])).toMatchObject({ state: 'stopped', objected: true, recorded: true })
})

test('told, once said, is not unsaid', () => {
  fc.assert(
    fc.property(fc.boolean(), kinds, (recordsCalls, each) => {
      const views = steps(recordsCalls, each)
      const firstTold = views.findIndex((one) => one.told === 'told')
      if (firstTold >= 0) for (const one of views.slice(firstTold)) expect(one.told).toBe('told')
      const firstAny = views.findIndex((one) => one.told !== null)
      if (firstAny >= 0) for (const one of views.slice(firstAny)) expect(one.told).not.toBeNull()
    }),
  )
})

test('the fold of a ledger is where its steps lead, and what does not follow changes nothing', () => {
  fc.assert(fc.property(fc.boolean(), kinds, (recordsCalls, each) => expect(foldRecording(recordsCalls, each)).toEqual(steps(recordsCalls, each).at(-1))))
})

test('a ledger can be folded in two parts', () => {
  fc.assert(
    fc.property(fc.boolean(), kinds, kinds, (recordsCalls, first, second) => {
      const half = foldRecording(recordsCalls, first)
      expect(second.reduce((before, one) => afterRecordingEvent(before, one) ?? before, half)).toEqual(foldRecording(recordsCalls, [...first, ...second]))
    }),
  )
})

test('a rule leaves the view it was given as it was', () => {
  fc.assert(
    fc.property(view, kind, (before, one) => {
      const copy = structuredClone(before)
      afterRecordingEvent(before, one)
      expect(before).toEqual(copy)
    }),
  )
})

test('where the line records nothing there is nothing to tell, stop or pause', () => {
  expect(startOfRecording(false)).toEqual({ state: 'not-recorded', recorded: false, told: null, objected: false })
  for (const one of RECORDING_EVENT_KINDS) expect(afterRecordingEvent(startOfRecording(false), one), one).toBeNull()
})

test('a recorded line runs from the first second', () => {
  expect(startOfRecording(true)).toEqual({ state: 'recording', recorded: true, told: null, objected: false })
})

test('a pause can only be resumed from, stopped, objected to or lost sight of, and told in', () => {
  const paused = foldRecording(true, ['paused'])
  expect(RECORDING_EVENT_KINDS.filter((one) => afterRecordingEvent(paused, one) !== null).sort()).toEqual(
    ['told', 'could-not-tell', 'objected', 'stopped', 'resumed', 'unknown'].sort(),
  )
})
