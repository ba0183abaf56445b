'use client'
import { type ChangeEvent, useEffect, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { TIERS } from '#lib/guidance/terms.ts'
import { type FilterName, type Filters, hasFilters, isDay } from '../filters.ts'
import { TIER_WORDS } from '../marks.tsx'
import styles from './list.module.css'
import type { ListSettings } from './settings.ts'

export const FIRST_FILTER = 'filter-agent'

type Option = { value: string; label: string }

const RECORDING_OPTIONS: Option[] = [
  { value: 'recorded', label: 'Recorded' },
  { value: 'not-told', label: 'Not told' },
  { value: 'objected', label: 'Objected' },
]
const ESCALATED_OPTIONS: Option[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]
const URGENCY_OPTIONS: Option[] = TIERS.toReversed().map((tier) => ({ value: tier, label: TIER_WORDS[tier] }))

type Props = Pick<ListSettings, 'agents' | 'dispositions'> & { filters: Filters; apply(filters: Filters): void; clear(): void }

/** Native controls that apply at once; focus stays in the control. */
export function FilterBar({ filters, agents, dispositions, apply, clear }: Props) {
  const set = (name: FilterName, value: string) => apply({ ...filters, [name]: value === '' ? undefined : value })
  const choice = (name: FilterName, label: string, options: Option[]) => (
    <Choice name={name} label={label} value={filters[name] ?? ''} options={options} set={(value) => set(name, value)} />
  )
  const isBackwards = filters.from !== undefined && filters.to !== undefined && filters.from > filters.to
  return (
    <search className={styles.filters} aria-label="Filters">
      {choice(
        'agent',
        'Agent',
        agents.map(({ id, name }) => ({ value: id, label: name })),
      )}
      <Day name="from" label="From" value={filters.from ?? ''} set={(value) => set('from', value)} />
      <Day name="to" label="To" value={filters.to ?? ''} set={(value) => set('to', value)} fault={isBackwards ? 'This is before the first day' : undefined} />
      {choice('urgency', 'Urgency', URGENCY_OPTIONS)}
      {choice('recording', 'Recording', RECORDING_OPTIONS)}
      {choice(
        'disposition',
        'How it ended',
        dispositions.map(({ code, label }) => ({ value: code, label })),
      )}
      {choice('escalated', 'Escalated', ESCALATED_OPTIONS)}
      {hasFilters(filters) ? <Button onPress={clear}>Clear filters</Button> : null}
    </search>
  )
}

function Choice({ name, label, value, options, set }: { name: string; label: string; value: string; options: Option[]; set(value: string): void }) {
  return (
    <div className={styles.filter}>
      <label htmlFor={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} value={value} onChange={(event) => set(event.target.value)}>
        <option value="">All</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A day is typed in parts, so it applies only once it is one, and the address never rewrites it under the fingers. */
function Day({ name, label, value, set, fault }: { name: string; label: string; value: string; set(value: string): void; fault?: string | undefined }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = value
  }, [value])
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const day = event.target.value
    if (day === '' || isDay(day)) set(day)
  }
  return (
    <div className={styles.filter}>
      <label htmlFor={`filter-${name}`}>{label}</label>
      <input
        id={`filter-${name}`}
        ref={input}
        type="date"
        defaultValue={value}
        onChange={change}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `filter-${name}-fault` : undefined}
      />
      {fault ? (
        <p id={`filter-${name}-fault`} className={styles.filterFault}>
          {fault}
        </p>
      ) : null}
    </div>
  )
}
