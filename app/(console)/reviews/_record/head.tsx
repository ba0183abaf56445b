import { CALLER_LABELS, LIVE_STATES } from '#lib/calls/terms.ts'
import { UrgencyMark } from '../marks.tsx'
import type { CallRecord } from '../queries.ts'
import { clockOf, dayOf, minutesOf, secondsBetween } from '../times.ts'
import { Facts } from './facts.tsx'
import styles from './record.module.css'
import { useVersions } from './versions.ts'
import { STATE_WORDS } from './words.ts'

const DANGER_WORDS = { none: 'No sign of danger, illness or fear', some: 'Some sign of danger, illness or fear' } as const

function lengthOf({ state, startedAt, endedAt }: CallRecord): string {
  if (endedAt) return minutesOf(secondsBetween(startedAt, endedAt))
  return LIVE_STATES.includes(state) ? 'Still going on' : 'Not known'
}

/** What the call was, in one look. */
export function Head({ record, timeZone }: { record: CallRecord; timeZone: string }) {
  const versions = useVersions(record)
  const titleOf = (topic: string) => {
    const consultation = record.consultations.find((each) => each.topic === topic)
    return (consultation && versions.find(consultation.versionId)?.content.title) ?? topic.replaceAll('-', ' ')
  }
  return (
    <section aria-labelledby="summary" className={styles.section}>
      <h2 id="summary" className="unseen">
        Summary
      </h2>
      <Facts
        facts={[
          [
            'Reference',
            <span key="reference" className={styles.aloud}>
              {record.reference}
            </span>,
          ],
          ['Agent', record.agentName],
          ['Started', <time key="started" dateTime={record.startedAt}>{`${dayOf(record.startedAt, timeZone)}, ${clockOf(record.startedAt, timeZone)}`}</time>],
          ['Length', lengthOf(record)],
          ['State', STATE_WORDS[record.state]],
          ['Urgency', <UrgencyMark key="urgency" tier={record.urgency} />],
          ['How it ended', record.dispositionLabel ?? 'Not yet said'],
          ['Who called', record.caller ? CALLER_LABELS[record.caller] : 'Not said'],
          ['Topics', record.topics.map(titleOf).join(', ') || 'None'],
          ['Danger', record.dangerSigns ? DANGER_WORDS[record.dangerSigns] : null],
        ]}
      />
    </section>
  )
}
