'use client'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { RadioList } from '#app/_ui/radio-list.tsx'
import type { CallSession } from '#lib/desk/call-session.ts'
import type { DeskLibrary, DeskVersion } from '#lib/desk/library.ts'
import styles from './screen-end.module.css'

const SKIP_REASONS = [
  { value: 'asked-already', label: 'Already asked, in the caller’s own words' },
  { value: 'professional', label: 'A professional asking about somebody else' },
  { value: 'caller-refused', label: 'The caller would not be asked' },
  { value: 'no-symptoms', label: 'The call is not about anyone’s symptoms or medicines' },
] as const

/** The end of the emergency screen: on to the topic, or leave it unasked by an act that the record shows. */
export function ScreenEnd(props: { isEmergency: boolean; remaining: number; next: DeskVersion | undefined; session: CallSession; library: DeskLibrary }) {
  const { isEmergency, remaining, next, session, library } = props
  const [isSkipping, setSkipping] = useState(false)
  if (isEmergency)
    return next ? (
      <div className={styles.end}>
        <Button onPress={() => session.skipScreen(library, 'emergency-answered')}>Open {next.content.title} all the same</Button>
      </div>
    ) : null
  return (
    <div className={styles.end}>
      <Button look="main" isDisabled={remaining > 0} onPress={() => session.leaveScreen(library)}>
        {next ? `All clear: go on to ${next.content.title}` : 'All clear: close the screen'}
      </Button>
      {remaining > 0 ? <p className={styles.left}>{remaining === 1 ? '1 question is' : `${remaining} questions are`} still to ask.</p> : null}
      {remaining > 0 && !isSkipping ? (
        <Button look="quiet" onPress={() => setSkipping(true)}>
          Skip the screen…
        </Button>
      ) : null}
      {isSkipping ? (
        <RadioList
          legend="Why is it skipped? The record will show it."
          isToFocus
          options={SKIP_REASONS}
          value={null}
          onChange={(reason) => session.skipScreen(library, reason)}
        />
      ) : null}
    </div>
  )
}
