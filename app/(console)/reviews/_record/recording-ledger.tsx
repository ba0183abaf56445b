import { RecordingMark } from '../marks.tsx'
import type { CallRecord } from '../queries.ts'
import { clockWithSeconds, minutesOf } from '../times.ts'
import { Facts } from './facts.tsx'
import styles from './record.module.css'
import { Section } from './section.tsx'
import { RECORDING_EVENT_WORDS, RECORDING_STATE_WORDS, reasonWords } from './words.ts'

const TOLD_WORDS = { told: 'Marked as told', 'could-not-tell': 'Marked: could not be told' } as const

/** What was to be said about recording, and everything that was recorded of it. */
export function RecordingLedger({ record, timeZone }: { record: CallRecord; timeZone: string }) {
  const { notice, recordingPolicy, recording } = record
  return (
    <Section id="recording" title="Recording">
      <Facts
        facts={[
          ['Recording', <RecordingMark key="mark" call={record} />],
          ['Last state', RECORDING_STATE_WORDS[record.recordingState]],
          ['Caller told', record.told ? TOLD_WORDS[record.told] : 'Not marked'],
          ['Caller objected', record.objected ? 'Yes' : 'No'],
        ]}
      />
      {recordingPolicy.recordsCalls ? (
        <figure className={styles.figure}>
          <figcaption>Notice to be read out, version {notice.version}</figcaption>
          <blockquote className={styles.words}>{notice.wording}</blockquote>
        </figure>
      ) : (
        <p>This helpline did not record calls when this one started, so there was no notice to read.</p>
      )}
      <h3>Ledger</h3>
      {recording.length === 0 ? (
        <p>Nothing was marked about recording in this call.</p>
      ) : (
        <ol className={styles.ledger}>
          {recording.map((event) => (
            <li key={event.id}>
              <span className={styles.second}>{minutesOf(event.second)}</span>
              <time className={styles.clock} dateTime={event.at}>
                {clockWithSeconds(event.at, timeZone)}
              </time>
              <span>
                {RECORDING_EVENT_WORDS[event.kind]}
                {event.reason ? `: ${reasonWords(event.reason)}` : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
