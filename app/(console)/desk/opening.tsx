'use client'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { RadioList } from '#app/_ui/radio-list.tsx'
import type { CallRecord, CallSession } from '#lib/desk/call-session.ts'
import { COULD_NOT_TELL_LABELS, COULD_NOT_TELL_REASONS } from '#lib/recordings/terms.ts'
import styles from './opening.module.css'
import type { Helpline } from './queries.ts'

type Props = {
  call: CallRecord
  session: CallSession
  isLive: boolean
  ways: Helpline['dispositions']
  chosen: string | null
  onWay(code: string): void
}

/**
 * The first seconds of a call. Focus lands on "Caller told", so Space records it; 1 to 4 are silent, wrong number, abusive and
 * test while focus is in this group.
 */
export function Opening({ call, session, isLive, ways, chosen, onWay }: Props) {
  const told = useRef<HTMLButtonElement>(null)
  const group = useRef<HTMLFieldSetElement>(null)
  const [isAsking, setAsking] = useState(false)
  const isToTell = call.recordingPolicy.recordsCalls && call.told === null && !call.objected
  const odd = ways.filter((way) => !way.isData)
  const isOpen = isLive && (isToTell || call.consultations.length === 0)
  // Once, as the call opens: later the agent is elsewhere.
  const isToFocus = useRef(isOpen && session.card.get() === null)
  useEffect(() => {
    if (!isToFocus.current) return
    isToFocus.current = false
    ;(told.current ?? group.current)?.focus()
  }, [])

  if (!isOpen && !isToTell) return null
  const onKeyDown = (event: KeyboardEvent) => {
    if (isAsking || event.ctrlKey || event.metaKey || event.altKey) return
    const way = odd[Number(event.key) - 1]
    if (!/^[1-4]$/.test(event.key) || !way) return
    event.preventDefault()
    onWay(way.code)
  }
  const tell = () => {
    void session.record('told').catch(() => undefined)
    group.current?.focus()
  }
  return (
    <fieldset id="log-opening" ref={group} aria-label="Opening" tabIndex={-1} className={styles.opening} onKeyDown={onKeyDown}>
      {isToTell ? (
        <>
          <p className={styles.notice}>
            <strong>Say</strong> {call.notice.wording}
          </p>
          <div className={styles.acts}>
            <Button look="main" keys="Space" ref={told} onPress={tell}>
              Caller told
            </Button>
            <Button onPress={() => void session.record('objected').catch(() => undefined)}>Caller objects</Button>
            <Button look="quiet" onPress={() => setAsking(true)}>
              Could not tell…
            </Button>
          </div>
          {isAsking ? (
            <RadioList
              legend="Why could they not be told?"
              isToFocus
              options={COULD_NOT_TELL_REASONS.map((value) => ({ value, label: COULD_NOT_TELL_LABELS[value] }))}
              value={null}
              onChange={(reason) => void session.record('could-not-tell', reason).catch(() => undefined)}
            />
          ) : null}
        </>
      ) : null}
      {isLive ? (
        <div className={styles.odd}>
          {odd.map((way, at) => (
            <Button key={way.code} keys={String(at + 1)} onPress={() => onWay(way.code)} aria-pressed={chosen === way.code}>
              {way.label}
            </Button>
          ))}
        </div>
      ) : null}
    </fieldset>
  )
}
