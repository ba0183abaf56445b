import type { Block } from '#lib/guidance/terms.ts'
import styles from './record.module.css'

function List({ items }: { items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}

/** The words of a block as its version holds them. */
export function BlockWords({ block }: { block: Block }) {
  return <div className={styles.words}>{wordsOf(block)}</div>
}

function wordsOf(block: Block) {
  switch (block.type) {
    case 'say':
    case 'check':
    case 'worsening-advice':
    case 'reviewer-note':
      return <p>{block.text}</p>
    case 'safety-question':
    case 'question':
      return <p>{block.ask}</p>
    case 'do':
    case 'do-not':
    case 'self-help':
      return <List items={block.items} />
    case 'care-card':
      return (
        <>
          <p>
            <strong>{block.heading}</strong>
          </p>
          <List items={[...block.items, ...(block.awaiting ?? [])]} />
        </>
      )
    case 'treatment':
      return (
        <p>
          <strong>{block.heading}</strong> {block.text}
        </p>
      )
    case 'signpost':
      return (
        <p>
          <strong>{block.service}</strong> {block.text}
        </p>
      )
    case 'include':
      return <p>The safety questions of {block.topic.replaceAll('-', ' ')}</p>
  }
}

export const BLOCK_NAMES: Record<Block['type'], string> = {
  say: 'Say',
  check: 'Check',
  'safety-question': 'Safety question',
  question: 'Question',
  include: 'Included questions',
  'care-card': 'Care card',
  do: 'Do',
  'do-not': 'Do not',
  treatment: 'Treatment',
  'self-help': 'Self-help',
  signpost: 'Signpost',
  'worsening-advice': 'If it gets worse',
  'reviewer-note': 'Reviewer note',
}
