'use client'
import { useEffect, useId, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Field, Select } from '#app/_ui/field.tsx'
import { RadioList } from '#app/_ui/radio-list.tsx'
import { useStore } from '#app/_ui/use-store.ts'
import { Autosave } from '#lib/desk/autosave.ts'
import type { CallRecord, CallSession } from '#lib/desk/call-session.ts'
import {
  DESTINATION_LABELS,
  ESCALATION_DESTINATIONS,
  ESCALATION_OUTCOMES,
  type EscalationOutcome,
  OUTCOME_LABELS,
  OUTCOME_NEEDS,
} from '#lib/escalations/terms.ts'
import { TIER_LABELS } from '#lib/guidance/terms.ts'
import { api, unwrap, writeHeaders } from '#lib/http/client.ts'
import styles from './escalation-form.module.css'
import { SaveLine } from './save-line.tsx'

type Escalation = CallRecord['escalations'][number]
type Fields = Pick<Escalation, 'destination' | 'reason' | 'consent' | 'reference' | 'outcome' | 'outcomeReason' | 'location' | 'callbackNumber'>

const read = (row: unknown) => {
  const { destination, reason, consent, reference, outcome, outcomeReason, location, callbackNumber, version } = row as Escalation
  return { fields: { destination, reason, consent, reference, outcome, outcomeReason, location, callbackNumber }, version }
}

function autosaveOf(escalation: Escalation): Autosave<Fields> {
  return new Autosave<Fields>({
    ...read(escalation),
    save: (patch, version, key) => {
      const { outcome, ...rest } = patch
      const json = { ...rest, ...(outcome ? { outcome } : {}) }
      return unwrap(api.escalations[':id'].$patch({ param: { id: escalation.id }, header: writeHeaders(key, version), json }))
    },
    read,
  })
}

const CONSENTS = [
  { value: 'given', label: 'Given' },
  { value: 'refused', label: 'Refused' },
  { value: 'not-asked', label: 'Not asked' },
] as const

/** What the heading says of the outcome: never that one is given which is not saved. */
function stateOf(chosen: EscalationOutcome | null, given: EscalationOutcome | null, needs: 'reference' | 'reason' | undefined): string {
  if (chosen === given) return given ? 'outcome given' : 'outcome needed'
  return needs ? `outcome not saved: it needs the ${needs}` : 'outcome not saved yet'
}

const sameFields = (from: Fields, like: Partial<Fields>) =>
  Object.fromEntries(Object.keys(like).map((field) => [field, from[field as keyof Fields]])) as Partial<Fields>

const wordsOf = (fields: Partial<Fields>, like: Partial<Fields>) =>
  Object.keys(like)
    .map((field) => fields[field as keyof Fields] ?? 'nothing')
    .join(', ')

/** One escalation: what came of it, where the caller is, how to ring back. Saves itself; the outcome only when it is whole. */
export function EscalationForm({ escalation, session, isOnCard = false }: { escalation: Escalation; session: CallSession; isOnCard?: boolean }) {
  const [form] = useState(() => autosaveOf(escalation))
  const values = useStore(form.values)
  const saved = useStore(form.state)
  const [chosen, choose] = useState<EscalationOutcome | null>(escalation.outcome)
  const id = useId()
  useEffect(() => form.follow(read(escalation)), [form, escalation])
  useEffect(() => session.holdForm(form), [session, form])
  const needs = chosen ? OUTCOME_NEEDS[chosen] : undefined
  const isWhole = (outcome: EscalationOutcome, words: string | null) => !OUTCOME_NEEDS[outcome] || Boolean(words?.trim())

  const chooseOutcome = (outcome: EscalationOutcome) => {
    choose(outcome)
    const words = OUTCOME_NEEDS[outcome] === 'reference' ? values.reference : values.outcomeReason
    if (!isWhole(outcome, words)) return
    form.set({ outcome })
    void form.flush()
    session.settle()
  }
  const fill = (field: 'reference' | 'outcomeReason', words: string) => {
    form.set({ [field]: words, ...(chosen && isWhole(chosen, words) ? { outcome: chosen } : {}) })
    if (chosen && isWhole(chosen, words)) session.settle()
  }

  return (
    <section className={styles.form} aria-labelledby={`${id}-heading`}>
      <header className={styles.head}>
        <h2 id={`${id}-heading`}>
          Escalation: {TIER_LABELS[escalation.urgency]}
          <span className={styles.state}>{stateOf(chosen, values.outcome, needs)}</span>
        </h2>
        <SaveLine state={saved} waiting={0} />
      </header>
      {saved.conflict ? (
        <div role="alert" className={styles.conflict}>
          <p>
            <strong>This escalation was changed elsewhere while you typed.</strong> Theirs: {wordsOf(saved.conflict.theirs, saved.conflict.mine)}. Yours:{' '}
            {wordsOf(saved.conflict.mine, saved.conflict.mine)}.
          </p>
          <Button onPress={() => saved.conflict && form.settle(saved.conflict.mine)}>Keep mine</Button>
          <Button onPress={() => saved.conflict && form.settle(sameFields(saved.conflict.theirs, saved.conflict.mine))}>Take theirs</Button>
        </div>
      ) : null}
      <RadioList
        legend="What came of it?"
        options={ESCALATION_OUTCOMES.map((value) => ({ value, label: OUTCOME_LABELS[value] }))}
        value={chosen}
        onChange={chooseOutcome}
        columns={isOnCard ? 2 : 1}
      />
      {needs === 'reference' ? (
        <Field label="Reference of the 999 call (needed)" value={values.reference ?? ''} onChange={(words) => fill('reference', words)} />
      ) : null}
      {needs === 'reason' ? (
        <Field label="Why was it an error? (needed)" value={values.outcomeReason ?? ''} onChange={(words) => fill('outcomeReason', words)} />
      ) : null}
      <div className={styles.pair}>
        <Field label="Where the caller is" value={values.location ?? ''} onChange={(location) => form.set({ location })} />
        <Field label="Number to ring back" type="tel" value={values.callbackNumber ?? ''} onChange={(callbackNumber) => form.set({ callbackNumber })} />
      </div>
      <details className={styles.more} open={!isOnCard && escalation.urgency !== 'emergency' ? true : undefined}>
        <summary>Passed to, consent, reason</summary>
        <div className={styles.pair}>
          <Select
            label="Passed to"
            options={ESCALATION_DESTINATIONS.map((value) => ({ value, label: DESTINATION_LABELS[value] }))}
            value={values.destination}
            onChange={(destination) => form.set({ destination })}
          />
          <Select label="Consent to pass details on" options={CONSENTS} value={values.consent} onChange={(consent) => form.set({ consent })} />
        </div>
        <Field label="What was said, and why" isLong value={values.reason ?? ''} onChange={(reason) => form.set({ reason })} />
        {needs !== 'reference' ? <Field label="Reference" value={values.reference ?? ''} onChange={(reference) => form.set({ reference })} /> : null}
      </details>
    </section>
  )
}
