'use client'
import { useId, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { NOTES_MAX } from '#lib/calls/terms.ts'
import type { Autosave, Conflict } from '#lib/desk/autosave.ts'
import type { CallFields } from '#lib/desk/call-session.ts'
import styles from './notes.module.css'

/** The notes, saved as they are typed. Where somebody saved other words first, both are shown and nothing is thrown away. */
export function Notes({ fields, values, conflict }: { fields: Autosave<CallFields>; values: CallFields; conflict: Conflict<CallFields> | null }) {
  const id = useId()
  const [set, setSet] = useState<string | null>(null)
  return (
    <div className={styles.notes}>
      <label htmlFor={id} className={styles.label}>
        Notes
      </label>
      {conflict ? (
        <ConflictView
          conflict={conflict}
          onChoose={(chosen, other) => {
            setSet(other)
            fields.settle(chosen)
          }}
        />
      ) : (
        <textarea
          id={id}
          className={styles.text}
          rows={6}
          maxLength={NOTES_MAX}
          value={values.notes}
          autoComplete="off"
          onChange={(event) => fields.set({ notes: event.target.value })}
          onBlur={() => void fields.flush()}
        />
      )}
      {set ? (
        <details className={styles.other}>
          <summary>The other text is still here</summary>
          <pre>{set}</pre>
          <Button look="quiet" onPress={() => fields.set({ notes: `${values.notes}\n\n${set}` })}>
            Add it to the notes
          </Button>
          <Button look="quiet" onPress={() => setSet(null)}>
            Put it away
          </Button>
        </details>
      ) : null}
    </div>
  )
}

type Choice = (chosen: Partial<CallFields>, other: string | null) => void

function ConflictView({ conflict, onChoose }: { conflict: Conflict<CallFields>; onChoose: Choice }) {
  const { mine, theirs } = conflict
  const notes = mine.notes
  const theirFields = Object.fromEntries(Object.keys(mine).map((field) => [field, theirs[field as keyof CallFields]])) as Partial<CallFields>
  return (
    <div role="alertdialog" aria-label="These notes were changed elsewhere" className={styles.conflict}>
      <p>
        <strong>This call was changed elsewhere while you typed.</strong> Nothing is lost: choose what stays.
      </p>
      {notes === undefined ? null : (
        <div className={styles.sides}>
          <div>
            <h3>Mine</h3>
            <pre>{notes}</pre>
          </div>
          <div>
            <h3>Theirs</h3>
            <pre>{theirs.notes}</pre>
          </div>
        </div>
      )}
      <div className={styles.acts}>
        <Button onPress={() => onChoose(mine, notes === undefined ? null : theirs.notes)}>Keep mine</Button>
        <Button onPress={() => onChoose(theirFields, notes ?? null)}>Take theirs</Button>
        {notes === undefined ? null : <Button onPress={() => onChoose({ ...mine, notes: `${theirs.notes}\n\n${notes}` }, null)}>Keep both</Button>}
      </div>
    </div>
  )
}
