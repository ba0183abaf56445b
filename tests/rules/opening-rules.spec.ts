import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { type OpeningTimes, openingAt } from '#lib/helpline/rules.ts'

const WEEKDAYS = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '20:00' }))
const london: OpeningTimes = { timeZone: 'Europe/London', week: WEEKDAYS, exceptions: [] }
const always: OpeningTimes = { ...london, week: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '09:00', closes: '20:00' })) }

test('on a weekday in winter it opens and closes by Greenwich', () => {
  expect(openingAt(london, '2026-11-24T08:59:59Z')).toEqual({ isOpen: false, changesAt: '2026-11-24T09:00:00Z', reason: null })
  expect(openingAt(london, '2026-11-24T09:00:00Z')).toEqual({ isOpen: true, changesAt: '2026-11-24T20:00:00Z', reason: null })
  expect(openingAt(london, '2026-11-24T19:59:59Z').isOpen).toBe(true)
  expect(openingAt(london, '2026-11-24T20:00:00Z')).toEqual({ isOpen: false, changesAt: '2026-11-25T09:00:00Z', reason: null })
})

test('in summer the same hours are an hour earlier by Greenwich', () => {
  expect(openingAt(london, '2026-07-01T08:00:00Z')).toMatchObject({ isOpen: true, changesAt: '2026-07-01T19:00:00Z' })
  expect(openingAt(london, '2026-07-01T07:59:59Z').isOpen).toBe(false)
})

test('over a weekend the next change is Monday’s opening', () => {
  expect(openingAt(london, '2026-11-27T20:00:00Z').changesAt).toBe('2026-11-30T09:00:00Z')
  expect(openingAt(london, '2026-11-29T12:00:00Z')).toMatchObject({ isOpen: false, changesAt: '2026-11-30T09:00:00Z' })
})

test('the night the clocks go back moves nothing: it opens at nine by the wall', () => {
  expect(openingAt(always, '2026-10-24T19:30:00Z')).toMatchObject({ isOpen: false, changesAt: '2026-10-25T09:00:00Z' })
  expect(openingAt(always, '2026-10-25T08:30:00Z').isOpen).toBe(false)
})

test('the night the clocks go forward moves nothing either', () => {
  expect(openingAt(always, '2027-03-27T20:30:00Z')).toMatchObject({ isOpen: false, changesAt: '2027-03-28T08:00:00Z' })
  expect(openingAt(always, '2027-03-28T08:00:00Z').isOpen).toBe(true)
})

test('an hour that the clocks skip or strike twice is still one opening', () => {
  const night = (opens: string, closes: string): OpeningTimes => ({ ...london, week: [{ weekday: 7, opens, closes }] })
  // 01:30 does not exist on that morning: it opens when the wall clock has got past it.
  expect(openingAt(night('01:30', '03:00'), '2027-03-28T00:59:00Z')).toMatchObject({ isOpen: false, changesAt: '2027-03-28T01:30:00Z' })
  // 01:30 comes twice: it opens at the first.
  expect(openingAt(night('01:30', '03:00'), '2026-10-25T00:29:00Z')).toMatchObject({ isOpen: false, changesAt: '2026-10-25T00:30:00Z' })
  expect(openingAt(night('01:30', '03:00'), '2026-10-25T01:45:00Z').isOpen).toBe(true)
})

test('the day is the helpline’s own, wherever the server stands', () => {
  const auckland: OpeningTimes = { ...london, timeZone: 'Pacific/Auckland' }
  expect(openingAt(auckland, '2026-11-22T21:00:00Z'), 'Monday morning there, Sunday evening here').toMatchObject({ isOpen: true })
  expect(openingAt(auckland, '2026-11-27T21:00:00Z'), 'Saturday there').toMatchObject({ isOpen: false })
})

const christmas = { day: '2026-12-25', hours: null, reason: 'Christmas Day' }

test('an exception comes before the week: closed with its reason, or open at its own hours', () => {
  const times: OpeningTimes = {
    ...london,
    exceptions: [
      christmas,
      { day: '2026-12-24', hours: { opens: '09:00', closes: '13:00' }, reason: 'Christmas Eve' },
      { day: '2026-12-26', hours: { opens: '10:00', closes: '12:00' }, reason: 'Open on Boxing Day' },
    ],
  }
  expect(openingAt(times, '2026-12-24T12:00:00Z')).toEqual({ isOpen: true, changesAt: '2026-12-24T13:00:00Z', reason: 'Christmas Eve' })
  expect(openingAt(times, '2026-12-24T15:00:00Z')).toEqual({ isOpen: false, changesAt: '2026-12-26T10:00:00Z', reason: 'Christmas Eve' })
  expect(openingAt(times, '2026-12-25T12:00:00Z')).toEqual({ isOpen: false, changesAt: '2026-12-26T10:00:00Z', reason: 'Christmas Day' })
  expect(openingAt(times, '2026-12-26T11:00:00Z')).toMatchObject({ isOpen: true, reason: 'Open on Boxing Day' })
})

test('a helpline with no hours at all is closed, and says no time', () => {
  expect(openingAt({ ...london, week: [] }, '2026-11-24T12:00:00Z')).toEqual({ isOpen: false, changesAt: null, reason: null })
})

const instant = fc.date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2028-12-31') }).map((date) => date.toISOString())

test('at the moment it names, it changes, and between now and then it does not', () => {
  fc.assert(
    fc.property(
      instant,
      fc.constantFrom('Europe/London', 'Pacific/Auckland', 'America/New_York', 'Asia/Kolkata', 'UTC'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (now, timeZone, part) => {
        const times: OpeningTimes = { ...london, timeZone, exceptions: [christmas] }
        const { isOpen, changesAt } = openingAt(times, now)
        const change = Date.parse(changesAt ?? '')
        expect(change).toBeGreaterThan(Date.parse(now))
        expect(openingAt(times, new Date(change).toISOString()).isOpen).toBe(!isOpen)
        const between = Date.parse(now) + Math.floor((change - 1 - Date.parse(now)) * part)
        expect(openingAt(times, new Date(between).toISOString()).isOpen).toBe(isOpen)
      },
    ),
  )
})
