'use client'
import { useEffect, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import type { CallRecord, CallSession, CardCause } from '#lib/desk/call-session.ts'
import type { DeskLibrary } from '#lib/desk/library.ts'
import { EMERGENCY_CARD } from '#lib/escalations/terms.ts'
import styles from './emergency-card.module.css'
import { EscalationForm } from './escalation-form.tsx'

type Props = { cause: CardCause; session: CallSession; call: CallRecord | null; library: DeskLibrary | null }

/** The emergency card: on screen at once, from memory, with focus. Its escalation is filled in as it becomes known. */
export function EmergencyCard({ cause, session, call, library }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const then = cause.goTo ? library?.target(cause.goTo) : undefined
  const escalation = call?.escalations.findLast((each) => each.outcome === null) ?? call?.escalations.at(-1)
  return (
    <article className={styles.card} aria-labelledby="emergency-heading">
      <header className={styles.head}>
        <h1 id="emergency-heading" ref={heading} tabIndex={-1}>
          <span className="unseen">Immediate action required: </span>
          {EMERGENCY_CARD.heading}
        </h1>
      </header>
      <div className={styles.body}>
        {cause.question ? (
          <p className={styles.cause}>
            “{cause.question}” Answer: {cause.answer}. {cause.act ? <strong>{cause.act}</strong> : null}
          </p>
        ) : null}
        <div className={styles.say}>
          <strong>Say</strong>
          {EMERGENCY_CARD.say.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        <ul className={styles.check}>
          {EMERGENCY_CARD.check.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {escalation ? <EscalationForm key={escalation.id} escalation={escalation} session={session} isOnCard /> : <Waiting hasCall={session.id !== null} />}
        <p className={styles.acts}>
          {then && library ? (
            <Button look="main" onPress={() => session.openTopic(library, then.version, then.block?.id)}>
              Then: {then.version.content.title}
            </Button>
          ) : null}
          <Button onPress={() => session.lowerCard()}>Back to guidance: the escalation stays open</Button>
        </p>
      </div>
    </article>
  )
}

function Waiting({ hasCall }: { hasCall: boolean }) {
  return (
    <p className={styles.waiting}>
      {hasCall
        ? 'The escalation is being written. Act now: it will be here when the server answers.'
        : 'No call is open, so nothing is recorded. Start one with F2 when you can.'}
    </p>
  )
}
