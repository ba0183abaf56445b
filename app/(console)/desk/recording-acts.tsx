'use client'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { RadioList } from '#app/_ui/radio-list.tsx'
import type { CallRecord, CallSession } from '#lib/desk/call-session.ts'
import { PAUSE_LABELS, PAUSE_REASONS, type RecordingEventKind } from '#lib/recordings/terms.ts'
import styles from './recording-acts.module.css'

/** What can be done about the recording now. With a desk phone the console stops nothing: the agent does, and confirms it here. */
export function RecordingActs({ call, session, isLive }: { call: CallRecord; session: CallSession; isLive: boolean }) {
  const [isPausing, setPausing] = useState(false)
  const act = (kind: RecordingEventKind, reason?: string) => {
    setPausing(false)
    void session.record(kind, reason).catch(() => undefined)
  }
  const { recordingState: state, recordingPolicy: policy } = call
  if (state === 'unknown')
    return (
      <section className={styles.unknown} aria-label="Recording may still be running">
        <p>
          <strong>Recording may still be running: stop it on the phone, then confirm.</strong>
        </p>
        {policy.canStopRecording ? null : <p className={styles.say}>Say: {policy.cannotStopWording}</p>}
        <div className={styles.acts}>
          {policy.canStopRecording ? (
            <Button look="main" onPress={() => act('stopped')}>
              It is stopped
            </Button>
          ) : null}
          <Button onPress={() => act('cannot-stop')}>It cannot be stopped</Button>
        </div>
        {policy.canStopRecording ? <p className={styles.aside}>If it cannot be stopped, say: {policy.cannotStopWording}</p> : null}
      </section>
    )
  if (!isLive) return null
  if (state === 'paused')
    return (
      <div className={styles.acts}>
        <Button id="recording-act" look="main" keys="F9" onPress={() => act('resumed')}>
          Recording is on again
        </Button>
        {call.objected ? null : <Button onPress={() => act('objected')}>Caller objects</Button>}
      </div>
    )
  if (state !== 'recording') return null
  return (
    <section aria-label="Recording" className={styles.section}>
      <div className={styles.acts}>
        <Button id="recording-act" keys="F9" onPress={() => setPausing(!isPausing)} aria-expanded={isPausing}>
          Pause recording…
        </Button>
        {call.objected || call.told === null ? null : <Button onPress={() => act('objected')}>Caller objects</Button>}
        <Button look="quiet" onPress={() => act('unknown')}>
          Not sure it is recording
        </Button>
      </div>
      {call.objected ? <p className={styles.say}>Say: {policy.cannotStopWording}</p> : null}
      {isPausing ? (
        <RadioList
          legend="Pause it on the phone. Why?"
          isToFocus
          options={PAUSE_REASONS.map((value) => ({ value, label: PAUSE_LABELS[value] }))}
          value={null}
          onChange={(reason) => act('paused', reason)}
        />
      ) : null}
    </section>
  )
}
