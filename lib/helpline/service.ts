import type { Reader } from '#db/client.ts'
import { findDatabaseTime, findHelpline, findNotice, listDispositions, listOpeningExceptions, listOpeningHours } from '#db/queries/helpline.ts'
import { openingAt } from './rules.ts'

/** The helpline as the desk needs it. Open or closed is decided by the database's clock in the helpline's zone. */
export async function getHelpline(db: Reader) {
  const [line, notice, week, exceptions, dispositions, now] = await Promise.all([
    findHelpline(db),
    findNotice(db),
    listOpeningHours(db),
    listOpeningExceptions(db),
    listDispositions(db),
    findDatabaseTime(db),
  ])
  const days = exceptions.map((each) => ({
    day: each.day,
    hours: each.opens && each.closes ? { opens: each.opens, closes: each.closes } : null,
    reason: each.reason,
  }))
  return {
    name: line.name,
    number: line.number,
    timeZone: line.timeZone,
    now,
    opening: openingAt({ timeZone: line.timeZone, week, exceptions: days }, now),
    week,
    recordsCalls: line.recordsCalls,
    canStopRecording: line.canStopRecording,
    notice: { id: notice.id, version: notice.version, wording: notice.wording },
    dispositions,
  }
}
