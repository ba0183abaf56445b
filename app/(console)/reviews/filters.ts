import * as CalendarFns from 'temporal-polyfill/fns/Calendar'
import * as InstantFns from 'temporal-polyfill/fns/Instant'
import * as PlainDateFns from 'temporal-polyfill/fns/PlainDate'
import * as ZonedDateTimeFns from 'temporal-polyfill/fns/ZonedDateTime'
import { TIERS } from '#lib/guidance/terms.ts'

export const RECORDINGS = ['recorded', 'not-told', 'objected'] as const

/** What the address of the list may hold: ids, dates, codes and a cursor, nothing else. */
export const FILTERS = ['agent', 'from', 'to', 'disposition', 'recording', 'escalated', 'urgency'] as const
export type FilterName = (typeof FILTERS)[number]
export type Filters = Partial<Record<FilterName | 'cursor', string>>

const DAY = /^(20|21)\d\d-\d\d-\d\d$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false
  try {
    PlainDateFns.fromString(text, CalendarFns.getISO)
    return true
  } catch {
    return false
  }
}

const IS_GOOD: Record<FilterName | 'cursor', (value: string) => boolean> = {
  agent: (value) => UUID.test(value),
  from: isDay,
  to: isDay,
  disposition: (value) => /^[a-z0-9-]{1,60}$/.test(value),
  recording: (value) => RECORDINGS.some((each) => each === value),
  escalated: (value) => value === 'true' || value === 'false',
  urgency: (value) => TIERS.some((tier) => tier === value),
  cursor: (value) => /^[\w-]{1,200}$/.test(value),
}

/** The filters in an address; what cannot be one is passed over. */
export function readFilters(address: URLSearchParams): Filters {
  const filters: Filters = {}
  for (const name of [...FILTERS, 'cursor'] as const) {
    const value = address.get(name)
    if (value !== null && IS_GOOD[name](value)) filters[name] = value
  }
  return filters
}

/** The address of the list with these filters. */
export function writeFilters(filters: Filters): string {
  const address = new URLSearchParams()
  for (const name of [...FILTERS, 'cursor'] as const) if (filters[name]) address.set(name, filters[name])
  return address.size > 0 ? `/reviews?${address}` : '/reviews'
}

export const hasFilters = (filters: Filters) => FILTERS.some((name) => filters[name] !== undefined)

export const PAGE_SIZE = 50

/** The instant at which a day begins in a zone, `ahead` days later, in ISO. */
function startOfDay(day: string, timeZone: string, ahead: number): string {
  const date = PlainDateFns.addDays(PlainDateFns.fromString(day, CalendarFns.getISO), ahead)
  return InstantFns.toString(ZonedDateTimeFns.toInstant(PlainDateFns.toZonedDateTime(date, timeZone)))
}

/** What the API is asked: whole days of the helpline's zone, the last one included. */
export function toListInput(filters: Filters, timeZone: string) {
  const { agent, from, to, disposition, recording, escalated, urgency, cursor } = filters
  return {
    whose: 'team' as const,
    limit: String(PAGE_SIZE),
    ...(agent ? { agentId: agent } : {}),
    ...(from ? { from: startOfDay(from, timeZone, 0) } : {}),
    ...(to ? { to: startOfDay(to, timeZone, 1) } : {}),
    ...(disposition ? { disposition } : {}),
    ...(recording ? { recording: recording as (typeof RECORDINGS)[number] } : {}),
    ...(escalated ? { escalated: escalated as 'true' | 'false' } : {}),
    ...(urgency ? { urgency: urgency as (typeof TIERS)[number] } : {}),
    ...(cursor ? { cursor } : {}),
  }
}

export type CallListInput = ReturnType<typeof toListInput>
