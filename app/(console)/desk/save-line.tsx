'use client'
import { timeOfDay } from '#app/_ui/time.ts'
import type { SaveState } from '#lib/desk/autosave.ts'
import styles from './save-line.module.css'

/** The line that tells the truth about what is on the server. */
export function SaveLine({ state, waiting }: { state: Pick<SaveState<never>, 'status' | 'savedAt' | 'fault'>; waiting: number }) {
  return (
    <p className={styles.line} data-status={state.status === 'unsaved' || waiting > 0 ? 'unsaved' : state.status}>
      {wordsOf(state, waiting)}
    </p>
  )
}

export function wordsOf(state: Pick<SaveState<never>, 'status' | 'savedAt' | 'fault'>, waiting: number): string {
  if (state.fault) return `Not saved: ${state.fault}`
  if (state.status === 'saving') return 'Saving…'
  if (state.status === 'unsaved') return 'Not saved yet'
  if (waiting > 0) return waiting === 1 ? '1 step not sent yet: trying again' : `${waiting} steps not sent yet: trying again`
  return state.savedAt ? `Saved ${timeOfDay(state.savedAt)}` : ''
}
