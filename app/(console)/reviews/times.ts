const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...parts })
  formats.set(timeZone, made)
  return made
}

/** The local day, as the number of days since 1970, and the local clock. Words are made here, since browsers and servers differ in theirs. */
function localOf(time: number, timeZone: string) {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  const day = Date.UTC(of('year'), of('month') - 1, of('day')) / DAY_MS
  return { day, clock: `${parts.get('hour')}:${parts.get('minute')}`, seconds: parts.get('second') ?? '00' }
}

/** `14:03` in the helpline's zone. */
export const clockOf = (iso: string, timeZone: string) => localOf(Date.parse(iso), timeZone).clock

/** `14:03:07` in the helpline's zone. */
export function clockWithSeconds(iso: string, timeZone: string): string {
  const { clock, seconds } = localOf(Date.parse(iso), timeZone)
  return `${clock}:${seconds}`
}

/** `Tue 24 Nov 2026`. */
export function dayOf(iso: string, timeZone: string): string {
  const date = new Date(localOf(Date.parse(iso), timeZone).day * DAY_MS)
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** `Today`, `Yesterday`, or the day. `now` is milliseconds since 1970. */
export function relativeDayOf(iso: string, timeZone: string, now: number): string {
  const ago = localOf(now, timeZone).day - localOf(Date.parse(iso), timeZone).day
  return ago === 0 ? 'Today' : ago === 1 ? 'Yesterday' : dayOf(iso, timeZone)
}

const two = (count: number) => String(count).padStart(2, '0')

/** A length or a place in a call: `04:12`, or `1:04:12` from an hour on. */
export function minutesOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** Whole seconds between two instants, never below zero. */
export const secondsBetween = (from: string, to: string) => Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000))
