'use client'
import { Circle, CircleHelp, CirclePause, Square, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { say } from '#app/_ui/announcer.tsx'
import { clock, timeOfDay } from '#app/_ui/time.ts'
import type { CallRecord, CallSession } from '#lib/desk/call-session.ts'
import { COULD_NOT_TELL_LABELS, PAUSE_LABELS } from '#lib/recordings/terms.ts'
import styles from './recording-state.module.css'

type Shown = { shape: 'recording' | 'tell' | 'paused' | 'stopped' | 'unknown' | 'none'; words: string; detail: string; since: string | null }

const SHAPES = { recording: Circle, tell: TriangleAlert, paused: CirclePause, stopped: Square, unknown: CircleHelp, none: Circle }

/** What the bar says of the recording: words, shape and time, for every state. */
export function describeRecording(call: CallRecord, isLive: boolean): Shown {
  if (!isLive) return describeAfterwards(call)
  const last = call.recording.at(-1)
  const since = last?.at ?? null
  const reason = last?.reason ?? ''
  switch (call.recordingState) {
    case 'not-recorded':
      return { shape: 'none', words: 'Not recorded', detail: 'this line records no calls', since: null }
    case 'paused':
      return { shape: 'paused', words: 'Paused', detail: PAUSE_LABELS[reason as keyof typeof PAUSE_LABELS] ?? reason, since }
    case 'stopped':
      return { shape: 'stopped', words: 'Stopped', detail: call.objected ? 'caller objected' : 'stopped by the agent', since }
    case 'unknown':
      return { shape: 'unknown', words: 'Unknown: treat as recording', detail: call.objected ? 'caller objected' : '', since }
    default:
      if (call.objected) return { shape: 'recording', words: 'Recording', detail: 'caller objected; it cannot be stopped', since: null }
      if (call.told === 'told') return { shape: 'recording', words: 'Recording', detail: 'caller told', since: null }
      if (call.told === 'could-not-tell') {
        const why = call.recording.findLast((event) => event.kind === 'could-not-tell')?.reason as keyof typeof COULD_NOT_TELL_LABELS
        return { shape: 'recording', words: 'Recording', detail: `not told: ${(COULD_NOT_TELL_LABELS[why] ?? '').toLowerCase()}`, since: null }
      }
      return { shape: 'tell', words: 'Recording', detail: 'tell the caller', since: null }
  }
}

/** After the call nothing runs any more: what was, not what is. */
function describeAfterwards(call: CallRecord): Shown {
  const told = call.objected ? 'caller objected' : call.told === 'told' ? 'caller told' : 'caller not told'
  return call.recorded
    ? { shape: 'stopped', words: 'Was recorded', detail: told, since: null }
    : { shape: 'none', words: 'Not recorded', detail: '', since: null }
}

export function RecordingState({ call, session, isLive }: { call: CallRecord; session: CallSession; isLive: boolean }) {
  const shown = describeRecording(call, isLive)
  useEffect(() => say(`Recording state: ${shown.words}. ${shown.detail}`), [shown.words, shown.detail])
  const Shape = SHAPES[shown.shape]
  return (
    <p className={styles.state} data-shape={shown.shape}>
      <span className="unseen">Recording state: </span>
      <Shape aria-hidden="true" size={18} className={styles.shape} />
      <strong>{shown.words}</strong>
      {isLive && (shown.shape === 'paused' || shown.shape === 'tell' || shown.shape === 'recording') ? (
        <Running session={session} since={shown.shape === 'paused' ? shown.since : null} startedAt={call.startedAt} />
      ) : null}
      {shown.since && shown.shape !== 'paused' ? <span>{timeOfDay(shown.since)}</span> : null}
      {shown.detail ? <span className={styles.detail}>{shown.detail}</span> : null}
    </p>
  )
}

/** Time of the call, or of the pause. */
function Running({ session, since, startedAt }: { session: CallSession; since: string | null; startedAt: string }) {
  const offset = since ? Math.floor((Date.parse(since) - Date.parse(startedAt)) / 1000) : 0
  const [seconds, setSeconds] = useState(() => session.seconds() - offset)
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, session.seconds() - offset))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [session, offset])
  return (
    <span role="timer" aria-live="off" aria-label={since ? 'Length of the pause' : 'Length of the recording'} suppressHydrationWarning>
      {clock(seconds)}
    </span>
  )
}
