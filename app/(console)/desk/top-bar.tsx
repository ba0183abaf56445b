'use client'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { clock } from '#app/_ui/time.ts'
import type { CallRecord, CallSession } from '#lib/desk/call-session.ts'
import { ConsoleNav } from '../_shell/console-nav.tsx'
import { RecordingState } from './recording-state.tsx'
import styles from './top-bar.module.css'
import type { DeskPerson, DeskState } from './use-desk.ts'

const STATE_WORDS: Record<CallRecord['state'], string> = {
  ringing: 'Ringing',
  'in-progress': 'In call',
  'on-hold': 'On hold',
  'wrapping-up': 'To finish',
  finished: 'Finished',
  missed: 'Missed',
  abandoned: 'Abandoned',
}

/** The bar that never scrolls away: call state and clock, recording state, the red flag. */
export function TopBar(props: { me: DeskPerson; desk: DeskState; isLive: boolean; canStart: boolean; onFlag(): void }) {
  const { desk, isLive } = props
  const { call, session } = desk
  const open = call?.escalations.find((each) => each.outcome === null)
  return (
    <section id="desk-bar" className={styles.bar} tabIndex={-1} aria-label="Call">
      <div className={styles.state} data-live={isLive || undefined}>
        {call ? (
          <>
            <span className={styles.words}>{STATE_WORDS[call.state]}</span>
            {isLive ? <CallClock session={session} /> : null}
            <span className={styles.reference}>{call.reference}</span>
          </>
        ) : (
          <span className={styles.words}>{desk.live.isError ? 'Call state unknown: no answer from the server' : 'No call'}</span>
        )}
      </div>
      {call ? <RecordingState call={call} session={session} isLive={isLive} /> : null}
      {open ? (
        <p className={styles.open}>
          <TriangleAlert aria-hidden="true" size={18} />
          {open.urgency === 'emergency' ? 'Emergency' : 'Same-day'} escalation open: no outcome yet
        </p>
      ) : null}
      <div className={styles.acts}>
        {isLive && call ? (
          <>
            <Button onPress={() => desk.hold.mutate({ id: call.id, act: call.state === 'on-hold' ? 'resume' : 'hold' })} isDisabled={desk.hold.isPending}>
              {call.state === 'on-hold' ? 'Take off hold' : 'Hold'}
            </Button>
            <Button onPress={() => desk.end.mutate(call.id)} isDisabled={desk.end.isPending}>
              End call
            </Button>
          </>
        ) : (
          <Button look="main" keys="F2" onPress={() => desk.start.mutate()} isDisabled={!props.canStart}>
            Start call
          </Button>
        )}
        <Button look="danger" keys="F8" onPress={props.onFlag}>
          Red flag
        </Button>
      </div>
      <ConsoleNav person={props.me} />
    </section>
  )
}

function CallClock({ session }: { session: CallSession }) {
  const [seconds, setSeconds] = useState(() => session.seconds())
  useEffect(() => {
    setSeconds(session.seconds())
    const timer = setInterval(() => setSeconds(session.seconds()), 250)
    return () => clearInterval(timer)
  }, [session])
  return (
    <span role="timer" aria-live="off" aria-label="Call length" className={styles.clock} suppressHydrationWarning>
      {clock(seconds)}
    </span>
  )
}
