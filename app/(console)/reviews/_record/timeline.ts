import type { CallRecord } from '../queries.ts'
import { secondsBetween } from '../times.ts'

export type TrailEvent = CallRecord['trail'][number]
export type RecordingEvent = CallRecord['recording'][number]
export type Escalation = CallRecord['escalations'][number]

/** One line of the timeline. `second` counts from the start of the call. */
export type Entry = { key: string; at: string; second: number } & (
  | { type: 'call'; kind: string }
  | { type: 'recording'; event: RecordingEvent }
  | { type: 'trail'; event: TrailEvent }
  | { type: 'shown'; events: TrailEvent[] }
  | { type: 'escalation'; escalation: Escalation }
  | { type: 'outcome'; escalation: Escalation }
)

/** Every guidance version whose words the record needs. */
export const versionIdsOf = (record: Pick<CallRecord, 'trail' | 'consultations'>) => [
  ...new Set([...record.consultations, ...record.trail].map((each) => each.versionId)),
]

/** Blocks that came on screen are one line for each consultation; a block that was put in other words is a line of its own. */
const isFolded = (event: TrailEvent) => event.kind === 'shown' && event.detail === null

function trailEntries(trail: readonly TrailEvent[]): Entry[] {
  const folds = new Map<string | null, TrailEvent[]>()
  for (const event of trail.filter(isFolded)) folds.set(event.consultationId, [...(folds.get(event.consultationId) ?? []), event])
  const shown = [...folds.values()].flatMap((events): Entry[] => {
    const [first] = events
    return first ? [{ type: 'shown', key: `shown-${first.id}`, at: first.at, second: first.second, events }] : []
  })
  const rest = trail.filter((event) => !isFolded(event)).map((event): Entry => ({ type: 'trail', key: event.id, at: event.at, second: event.second, event }))
  return [...rest, ...shown]
}

/** A consultation whose opening is not in the trail still shows. */
function unopened(record: CallRecord): TrailEvent[] {
  const opened = new Set(record.trail.flatMap((event) => (event.kind === 'opened' ? [event.consultationId] : [])))
  return record.consultations
    .filter(({ id }) => !opened.has(id))
    .map(({ id, versionId, openedAt, second }) => ({
      id: `opened-${id}`,
      consultationId: id,
      kind: 'opened',
      versionId,
      blockId: null,
      answer: null,
      tier: null,
      detail: null,
      at: openedAt,
      second,
    }))
}

/** The trail's own order is what the agent did; its times are reckoned back from when each arrived, and may jitter by milliseconds. */
function inOrder(trail: readonly TrailEvent[]): TrailEvent[] {
  let latest = ''
  return trail.map((event) => {
    latest = event.at > latest ? event.at : latest
    return { ...event, at: latest }
  })
}

/** Everything that happened in a call, in one order. What has the same instant keeps the order of its own ledger. */
export function timelineOf(record: CallRecord): Entry[] {
  const { startedAt } = record
  const calls = record.events.map(({ kind, at }, index): Entry => ({ type: 'call', key: `call-${index}`, at, second: secondsBetween(startedAt, at), kind }))
  const recording = record.recording.map((event): Entry => ({ type: 'recording', key: event.id, at: event.at, second: event.second, event }))
  const opened = record.escalations.map(
    (escalation): Entry => ({ type: 'escalation', key: escalation.id, at: escalation.openedAt, second: escalation.second, escalation }),
  )
  const outcomes = record.escalations.flatMap((escalation): Entry[] =>
    escalation.outcomeAt
      ? [{ type: 'outcome', key: `${escalation.id}-outcome`, at: escalation.outcomeAt, second: secondsBetween(startedAt, escalation.outcomeAt), escalation }]
      : [],
  )
  const all = [...calls, ...recording, ...trailEntries([...inOrder(record.trail), ...unopened(record)]), ...opened, ...outcomes]
  return all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
