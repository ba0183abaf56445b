'use client'
import { Button } from '#app/_ui/button.tsx'
import { CareCard } from '#app/_ui/care-card.tsx'
import { RadioList } from '#app/_ui/radio-list.tsx'
import { dateOf } from '#app/_ui/time.ts'
import type { DeskLibrary } from '#lib/desk/library.ts'
import type { Shown } from '#lib/desk/script.ts'
import { type Block, READABLE } from '#lib/guidance/terms.ts'
import styles from './block-view.module.css'
import { SourceNote } from './source-note.tsx'
import { useShown } from './use-shown.ts'

type Props = {
  item: Shown
  library: DeskLibrary
  onShown(): void
  onMark(kind: 'read-out' | 'skipped'): void
  onUndo(): void
  onChoose(option: string, goTo: string | undefined): void
}

/** One block that is no safety question. What is to be spoken looks different from what the agent does. */
export function BlockView(props: Props) {
  const { block, from, mark } = props.item
  const element = useShown<HTMLDivElement>(props.onShown)
  return (
    <div ref={element} id={`block-${block.id}`} className={styles.block} data-type={block.type} data-mark={mark} tabIndex={-1}>
      <Words {...props} />
      <div className={styles.foot}>
        {READABLE.includes(block.type) ? <Marks mark={mark} onMark={props.onMark} onUndo={props.onUndo} about={labelOf(block)} /> : null}
        <SourceNote block={block} sources={from.sources} />
      </div>
    </div>
  )
}

function Words({ item, library, onChoose }: Props) {
  const { block, option } = item
  switch (block.type) {
    case 'say':
      return <Spoken label="Say" text={block.text} />
    case 'worsening-advice':
      return <Spoken label="Say: if it gets worse" text={block.text} />
    case 'check':
      return (
        <p>
          <strong className={styles.label}>Check (not read out)</strong> {block.text}
        </p>
      )
    case 'question':
      return (
        <RadioList
          legend={block.ask}
          options={block.options.map((each) => ({ value: each.key, label: each.label, hint: option === each.key ? each.do : undefined }))}
          value={option ?? null}
          onChange={(key) => onChoose(key, block.options.find((each) => each.key === key)?.goTo)}
          columns={2}
        />
      )
    case 'care-card':
      return <CareCard tier={block.tier} heading={block.heading} items={[...block.items, ...(block.awaiting ?? [])]} />
    case 'do':
      return <Ticks heading="Do" items={block.items} mark="tick" />
    case 'do-not':
      return <Ticks heading="Do not" items={block.items} mark="cross" />
    case 'treatment':
      return (
        <>
          <h2>{block.heading}</h2>
          <p className={styles.spoken}>{block.text}</p>
        </>
      )
    case 'self-help':
      return (
        <>
          <h2>What they can do themselves</h2>
          <ul className={styles.list}>
            {block.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </>
      )
    case 'signpost':
      return <Signpost block={block} library={library} />
    default:
      return null
  }
}

function Spoken({ label, text }: { label: string; text: string }) {
  return (
    <p className={styles.say}>
      <strong className={styles.label}>{label}</strong>
      <span className={styles.spoken}>{text}</span>
    </p>
  )
}

function Ticks({ heading, items, mark }: { heading: string; items: readonly string[]; mark: 'tick' | 'cross' }) {
  return (
    <>
      <h2>{heading}</h2>
      <ul className={`nhsuk-list nhsuk-list--${mark}`}>
        {items.map((item) => (
          <li key={item}>
            <svg className={`nhsuk-icon nhsuk-icon--${mark} ${styles.mark}`} viewBox="0 0 24 24" aria-hidden="true">
              <path
                d={
                  mark === 'tick'
                    ? 'M10 18.2 3.9 12l1.8-1.8 4.3 4.3 8.3-8.3L20.1 8z'
                    : 'm18.4 7-1.4-1.4L12 10.6 7 5.6 5.6 7l5 5-5 5L7 18.4l5-5 5 5 1.4-1.4-5-5z'
                }
              />
            </svg>
            {item}
          </li>
        ))}
      </ul>
    </>
  )
}

function Signpost({ block, library }: { block: Extract<Block, { type: 'signpost' }>; library: DeskLibrary }) {
  const number = block.number ? library.number(block.number) : undefined
  return (
    <>
      <h2>{block.service}</h2>
      {number ? (
        <p className={styles.number}>
          <span className={styles.digits}>{number.number}</span>
          <span className={styles.checked}>
            {number.detail} Checked {dateOf(number.checkedOn)}.
          </span>
        </p>
      ) : null}
      <p>{block.text}</p>
    </>
  )
}

function Marks({ mark, about, onMark, onUndo }: { mark: Shown['mark']; about: string; onMark: Props['onMark']; onUndo: Props['onUndo'] }) {
  if (mark)
    return (
      <span className={styles.marked}>
        {mark === 'read-out' ? 'Marked read out' : 'Marked skipped'}
        <Button look="quiet" onPress={onUndo} aria-label={`Undo: ${about}`}>
          Undo
        </Button>
      </span>
    )
  return (
    <span className={styles.marked}>
      <Button look="quiet" onPress={() => onMark('read-out')} aria-label={`Mark read out: ${about}`}>
        Mark read out
      </Button>
      <Button look="quiet" onPress={() => onMark('skipped')} aria-label={`Skip: ${about}`}>
        Skip
      </Button>
    </span>
  )
}

/** A few words that tell one block's buttons from another's. */
function labelOf(block: Block): string {
  if ('heading' in block) return block.heading
  if ('service' in block) return block.service
  if ('text' in block) return block.text.split(' ').slice(0, 6).join(' ')
  return 'What they can do themselves'
}
