import { Temporal } from 'temporal-polyfill'
import type { Exception, Hours, WeekHours } from './terms.ts'

export type OpeningTimes = { timeZone: string; week: readonly WeekHours[]; exceptions: readonly Exception[] }
export type Opening = { isOpen: boolean /** ISO instant of the next change, if one comes within two weeks. */; changesAt: string | null; reason: string | null }

/** The hours of one local day: an exception before the week. */
function hoursOf(times: OpeningTimes, day: Temporal.PlainDate): { hours: Hours | null; reason: string | null } {
  const exception = times.exceptions.find((each) => each.day === day.toString())
  if (exception) return { hours: exception.hours, reason: exception.reason }
  return { hours: times.week.find((each) => each.weekday === day.dayOfWeek) ?? null, reason: null }
}

function instantsOf(times: OpeningTimes, day: Temporal.PlainDate, hours: Hours) {
  const at = (clock: string) => day.toZonedDateTime({ timeZone: times.timeZone, plainTime: Temporal.PlainTime.from(clock) }).toInstant()
  return { opens: at(hours.opens), closes: at(hours.closes) }
}

/** Whether the helpline is open at an instant, and when that changes. Counts in the helpline's zone, so the clocks going forward or back move nothing. */
export function openingAt(times: OpeningTimes, now: string): Opening {
  const instant = Temporal.Instant.from(now)
  const today = instant.toZonedDateTimeISO(times.timeZone).toPlainDate()
  const reason = hoursOf(times, today).reason
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const day = today.add({ days: ahead })
    const { hours } = hoursOf(times, day)
    if (!hours) continue
    const { opens, closes } = instantsOf(times, day, hours)
    if (Temporal.Instant.compare(instant, opens) < 0) return { isOpen: false, changesAt: opens.toString(), reason }
    if (Temporal.Instant.compare(instant, closes) < 0) return { isOpen: true, changesAt: closes.toString(), reason }
  }
  return { isOpen: false, changesAt: null, reason }
}
