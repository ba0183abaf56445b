import { DESTINATION_LABELS, OUTCOME_LABELS } from '#lib/escalations/terms.ts'
import { UrgencyMark } from '../marks.tsx'
import type { CallRecord } from '../queries.ts'
import { clockWithSeconds, minutesOf } from '../times.ts'
import { Facts } from './facts.tsx'
import styles from './record.module.css'
import { Section } from './section.tsx'
import type { Escalation } from './timeline.ts'
import { CONSENT_WORDS } from './words.ts'

/** To whom the caller was passed or directed, and what came of it. */
export function Escalations({ record, timeZone }: { record: CallRecord; timeZone: string }) {
  const { escalations } = record
  const hasPlaces = escalations.some(({ location, callbackNumber }) => location !== null || callbackNumber !== null)
  return (
    <Section id="escalations" title="Escalations">
      {escalations.length === 0 ? <p>Nothing was escalated in this call.</p> : null}
      {hasPlaces ? <p className={styles.audited}>Location and call-back number are kept encrypted. That you were shown them is in the audit trail.</p> : null}
      {escalations.map((escalation, index) => (
        <article key={escalation.id} className={styles.escalation} aria-labelledby={`escalation-${index}`}>
          <h3 id={`escalation-${index}`}>Escalation {index + 1}</h3>
          <OneEscalation escalation={escalation} timeZone={timeZone} />
        </article>
      ))}
    </Section>
  )
}

function OneEscalation({ escalation, timeZone }: { escalation: Escalation; timeZone: string }) {
  const { outcome, outcomeAt, outcomeReason } = escalation
  return (
    <Facts
      facts={[
        ['Urgency', <UrgencyMark key="urgency" tier={escalation.urgency} />],
        ['Opened', `${minutesOf(escalation.second)} into the call, at ${clockWithSeconds(escalation.openedAt, timeZone)}`],
        ['By', escalation.cause === 'agent' ? 'The agent' : 'An answer to a safety question'],
        ['Destination', escalation.destination ? DESTINATION_LABELS[escalation.destination] : 'Not said'],
        ['Reason', escalation.reason],
        ['Consent', escalation.consent ? CONSENT_WORDS[escalation.consent] : 'Not said'],
        [
          'Reference',
          escalation.reference ? (
            <span key="reference" className={styles.aloud}>
              {escalation.reference}
            </span>
          ) : null,
        ],
        ['Outcome', outcome ? OUTCOME_LABELS[outcome] : 'None yet'],
        ['Outcome given', outcomeAt ? clockWithSeconds(outcomeAt, timeZone) : null],
        ['Why', outcomeReason],
        ['Location', escalation.location],
        [
          'Call-back number',
          escalation.callbackNumber ? (
            <span key="number" className={styles.aloud}>
              {escalation.callbackNumber}
            </span>
          ) : null,
        ],
      ]}
    />
  )
}
