'use client'
import { useId } from 'react'
import styles from './field.module.css'

/** A labelled text field; nothing about callers is offered from the browser's memory. */
export function Field(props: { label: string; value: string; onChange(value: string): void; type?: 'text' | 'tel'; isLong?: boolean }) {
  const id = useId()
  const shared = { id, value: props.value, autoComplete: 'off', className: styles.input }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{props.label}</label>
      {props.isLong ? (
        <textarea {...shared} rows={2} onChange={(event) => props.onChange(event.target.value)} />
      ) : (
        <input {...shared} type={props.type ?? 'text'} onChange={(event) => props.onChange(event.target.value)} />
      )}
    </div>
  )
}

export function Select<T extends string>(props: {
  label: string
  options: readonly { value: T; label: string }[]
  value: T | null
  onChange(value: T | null): void
}) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className={styles.input}
        value={props.value ?? ''}
        onChange={(event) => props.onChange(props.options.find((option) => option.value === event.target.value)?.value ?? null)}
      >
        <option value="">Not given</option>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
