import type { CallLedgers, CallRow } from '#db/queries/calls.ts'
import { escalationFromJson } from '#lib/escalations/service.ts'
import type { TrailKind } from '#lib/guidance/terms.ts'
import type { RecordingEventKind } from '#lib/recordings/terms.ts'

const iso = (time: string | Date) => new Date(time).toISOString()

/** A call as it goes over the wire. */
export function presentCall(row: CallRow) {
  return {
    ...row,
    startedAt: iso(row.startedAt),
    endedAt: row.endedAt ? iso(row.endedAt) : null,
    finishedAt: row.finishedAt ? iso(row.finishedAt) : null,
    now: iso(row.now),
  }
}

/** A call with its ledgers. */
export function presentRecord(row: CallRow, ledgers: CallLedgers) {
  return {
    ...presentCall(row),
    agentName: ledgers.agentName,
    notice: ledgers.notice,
    events: ledgers.events.map((event) => ({ ...event, at: iso(event.at) })),
    recording: ledgers.recording.map((event) => ({ ...event, kind: event.kind as RecordingEventKind, at: iso(event.at) })),
    consultations: ledgers.consultations.map((each) => ({ ...each, openedAt: iso(each.openedAt) })),
    trail: ledgers.trail.map((event) => ({ ...event, kind: event.kind as TrailKind, at: iso(event.at) })),
    escalations: ledgers.escalations.map(escalationFromJson),
  }
}
