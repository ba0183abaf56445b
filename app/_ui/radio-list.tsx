'use client'
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useId, useRef } from 'react'
import styles from './radio-list.module.css'

export type RadioOption<T extends string> = { value: T; label: string; hint?: string | undefined }

/**
 * A labelled list of choices, one of which holds. While it has focus a digit picks the nth, so a choice is one key; the digits
 * stand beside the words. `first` is the digit of the first choice.
 */
export function RadioList<T extends string>(props: {
  legend: string
  options: readonly RadioOption<T>[]
  value: T | null
  onChange(value: T): void
  first?: number
  columns?: 1 | 2
  isHidden?: boolean
  id?: string
  /** Takes focus as it appears, so that a digit answers it. */
  isToFocus?: boolean
  children?: ReactNode
}) {
  const { legend, options, value, onChange, first = 1, columns = 1, isHidden = false } = props
  const name = useId()
  const list = useRef<HTMLFieldSetElement>(null)
  const isToFocus = useRef(props.isToFocus)
  useEffect(() => {
    if (isToFocus.current) list.current?.querySelector('input')?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLTextAreaElement) return
    if (event.target instanceof HTMLInputElement && event.target.type !== 'radio') return
    const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - first] : undefined
    if (!option) return
    event.preventDefault()
    onChange(option.value)
    document.getElementById(`${name}-${option.value}`)?.focus()
  }
  return (
    <fieldset ref={list} id={props.id} tabIndex={-1} className={styles.list} data-columns={columns} onKeyDown={onKeyDown}>
      <legend className={isHidden ? 'unseen' : styles.legend}>{legend}</legend>
      {options.map((option, at) => (
        <label key={option.value} className={styles.option} data-chosen={value === option.value || undefined}>
          <input
            id={`${name}-${option.value}`}
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {at + first <= 9 ? (
            <span className={styles.digit} aria-hidden="true">
              {at + first}
            </span>
          ) : null}
          <span>
            {option.label}
            {option.hint ? <span className={styles.hint}>{option.hint}</span> : null}
          </span>
        </label>
      ))}
      {props.children}
    </fieldset>
  )
}
