'use client'
import { Button } from '#app/_ui/button.tsx'
import { dayOf, timeOfDay } from '#app/_ui/time.ts'
import styles from './idle-pane.module.css'
import type { Helpline } from './queries.ts'
import type { DeskPerson, DeskState } from './use-desk.ts'

/** Between calls, or in a call before a topic is open: whether the line is open, and what to do first. */
export function IdlePane({ desk, me, canStart, isLive }: { desk: DeskState; me: DeskPerson; canStart: boolean; isLive: boolean }) {
  const { helpline, library, session } = desk
  const isEmpty = library?.versions.length === 0
  if (session.id && isLive)
    return (
      <div className={styles.idle}>
        <h1>Listen first</h1>
        <p>
          Then find what the caller rang about: <strong>Ctrl+K</strong> and a few of their words. Before the first symptom the emergency questions open by
          themselves.
        </p>
        {isEmpty ? <NoGuidance /> : null}
      </div>
    )
  return (
    <div className={styles.idle}>
      {helpline.data ? <Opening helpline={helpline.data} /> : <h1>{helpline.isError ? 'The helpline’s hours could not be loaded' : 'Loading…'}</h1>}
      {session.id ? (
        <p>This call has ended. Finish its log, or start the next call: this one stays under “To finish”.</p>
      ) : (
        <p>
          <Button look="main" keys="F2" isDisabled={!canStart} onPress={() => desk.start.mutate()}>
            Start call
          </Button>
        </p>
      )}
      {desk.start.error ? <p role="alert">The call could not be started. {desk.start.error.message}. Take the call all the same, and try again.</p> : null}
      {me.isDemo ? (
        <p className={styles.sample}>
          The guidance here is a sample, awaiting clinical review. It is not for live calls until your clinician has approved your guidance.
        </p>
      ) : null}
      {isEmpty ? <NoGuidance /> : null}
    </div>
  )
}

function NoGuidance() {
  return (
    <p className={styles.sample}>
      <strong>No approved guidance yet.</strong> Only the emergency card works: press F8. An author and a clinician can approve guidance for your helpline.
    </p>
  )
}

function Opening({ helpline }: { helpline: Helpline }) {
  const { opening, timeZone, name } = helpline
  const change = opening.changesAt
    ? `${timeOfDay(opening.changesAt, timeZone)}${isToday(opening.changesAt, helpline) ? '' : `, ${dayOf(opening.changesAt, timeZone)}`}`
    : null
  return (
    <>
      <h1>
        {name} is {opening.isOpen ? 'open' : 'closed'}
      </h1>
      <p>
        {opening.reason ? `${opening.reason}. ` : ''}
        {change ? (opening.isOpen ? `It closes at ${change}.` : `It opens at ${change}.`) : 'No opening hours are set for the next two weeks.'}
      </p>
    </>
  )
}

const isToday = (iso: string, helpline: Helpline) => dayOf(iso, helpline.timeZone) === dayOf(helpline.now, helpline.timeZone)
