import { OUTCOME_LABELS } from '#lib/escalations/terms.ts'
import { UrgencyMark } from '../marks.tsx'
import type { CallRecord } from '../queries.ts'
import { clockWithSeconds, minutesOf } from '../times.ts'
import styles from './record.module.css'
import { Section } from './section.tsx'
import { type Entry, timelineOf } from './timeline.ts'
import { GuidanceEvent, ShownBlocks } from './trail-words.tsx'
import { useVersions, type Versions } from './versions.ts'
import { CALL_EVENT_WORDS, RECORDING_EVENT_WORDS, reasonWords } from './words.ts'

/** The call as it went: its own events, recording, guidance in the words the agent saw, and escalations, in one order. */
export function Timeline({ record, timeZone }: { record: CallRecord; timeZone: string }) {
  const versions = useVersions(record)
  return (
    <Section id="timeline" title="Timeline">
      <p className={styles.soft}>
        Minutes and seconds from the start of the call. “Shown” means on the agent’s screen and “marked read out” that the agent marked it so: Callside cannot
        know what was heard.
      </p>
      {versions.hasFailed ? (
        <p role="alert" className={styles.fault}>
          Some of the guidance could not be loaded, so its words are missing here. Load the page again.
        </p>
      ) : null}
      <ol className={styles.timeline}>
        {timelineOf(record).map((entry) => (
          <li key={entry.key} data-type={entry.type}>
            <span className={styles.second}>{minutesOf(entry.second)}</span>
            <time className={styles.clock} dateTime={entry.at}>
              {clockWithSeconds(entry.at, timeZone)}
            </time>
            <div className={styles.event}>
              <EntryWords entry={entry} versions={versions} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function EntryWords({ entry, versions }: { entry: Entry; versions: Versions }) {
  switch (entry.type) {
    case 'call':
      return <p>{CALL_EVENT_WORDS[entry.kind] ?? entry.kind}</p>
    case 'recording':
      return (
        <p>
          {RECORDING_EVENT_WORDS[entry.event.kind]}
          {entry.event.reason ? `: ${reasonWords(entry.event.reason)}` : null}
        </p>
      )
    case 'shown':
      return <ShownBlocks events={entry.events} versions={versions} />
    case 'trail':
      return <GuidanceEvent event={entry.event} versions={versions} />
    case 'escalation':
      return (
        <p>
          Escalation opened by {entry.escalation.cause === 'agent' ? 'the agent' : 'an answer'}: <UrgencyMark tier={entry.escalation.urgency} />
        </p>
      )
    case 'outcome':
      return <p>Escalation outcome: {entry.escalation.outcome ? OUTCOME_LABELS[entry.escalation.outcome] : ''}</p>
  }
}
