'use client'
import type { KeyboardEvent } from 'react'
import { useId } from 'react'
import type { Asked } from '#lib/desk/script.ts'
import { ANSWERS, type Answer, TIER_LABELS } from '#lib/guidance/terms.ts'
import styles from './question-card.module.css'
import { SourceNote } from './source-note.tsx'
import { useShown } from './use-shown.ts'

const WORDS: Record<Answer, string> = { yes: 'Yes', no: 'No', unsure: 'Unsure' }
const KEYS: Record<string, Answer> = { y: 'yes', n: 'no', u: 'unsure' }

/** One safety question. Y, N and U answer it while it has focus; the answer can be changed, and the trail keeps both. */
export function QuestionCard(props: { item: Asked; onShown(): void; onAnswer(answer: Answer): void; onUndo(): void }) {
  const { block: question, from, answer, isReworded, isNext, tier, act } = props.item
  const name = useId()
  const element = useShown<HTMLFieldSetElement>(props.onShown)
  const onKeyDown = (event: KeyboardEvent) => {
    // A held key would answer question after question that nobody asked.
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    const given = KEYS[event.key.toLowerCase()]
    if (!given || given === answer) return
    event.preventDefault()
    change(given)
  }
  const change = (given: Answer) => {
    if (answer) props.onUndo()
    props.onAnswer(given)
  }
  return (
    <fieldset
      ref={element}
      id={`block-${question.id}`}
      className={styles.question}
      data-tier={question.tier}
      data-next={isNext || undefined}
      data-answered={answer}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <legend className={styles.legend}>
        <span className="unseen">Safety question: </span>
        <span className={styles.ask}>{isReworded && !answer && question.reworded ? question.reworded : question.ask}</span>
      </legend>
      {isReworded && !answer ? (
        <p className={styles.note}>
          Asked again in other words. If it is still unsure, it counts as {question.unsure?.tier === 'emergency' ? 'an emergency' : 'yes'}.
        </p>
      ) : null}
      <div className={styles.answers}>
        {ANSWERS.map((each, at) => (
          <label key={each} className={styles.answer} data-chosen={answer === each || undefined}>
            <input
              type="radio"
              name={name}
              checked={answer === each}
              onChange={() => change(each)}
              data-question={(answer ? answer === each : at === 0) ? question.id : undefined}
            />
            {WORDS[each]}
            <span className={styles.key} aria-hidden="true">
              {WORDS[each][0]}
            </span>
          </label>
        ))}
        {answer ? null : <SourceNote block={question} sources={from.sources} />}
      </div>
      {tier && tier !== 'routine' ? (
        <p className={styles.outcome} data-tier={tier}>
          <strong>{TIER_LABELS[tier]}.</strong> {act}
        </p>
      ) : act ? (
        <p className={styles.outcome}>{act}</p>
      ) : null}
    </fieldset>
  )
}
