import type { Block } from '#lib/guidance/terms.ts'
import { UrgencyMark } from '../marks.tsx'
import { minutesOf } from '../times.ts'
import { BLOCK_NAMES, BlockWords } from './block-words.tsx'
import styles from './record.module.css'
import type { TrailEvent } from './timeline.ts'
import type { Versions } from './versions.ts'
import { ANSWER_WORDS, reasonWords, TRAIL_WORDS, VERSION_STATE_WORDS } from './words.ts'

function topicOf(versions: Versions, event: TrailEvent): string {
  const version = versions.find(event.versionId)
  return version ? `${version.content.title}, version ${version.number} (${VERSION_STATE_WORDS[version.state]})` : 'a topic whose words could not be loaded'
}

/** One event of the guidance trail, with the words that were on screen. */
export function GuidanceEvent({ event, versions }: { event: TrailEvent; versions: Versions }) {
  const block = event.blockId ? versions.findBlock(event.versionId, event.blockId) : undefined
  if (event.kind === 'answered') return <Answered event={event} block={block} />
  if (event.kind === 'shown' && block?.type === 'safety-question') return <Reworded words={block.reworded ?? block.ask} />
  if (event.blockId)
    return (
      <>
        <p>
          {TRAIL_WORDS[event.kind]}: <b>{block ? BLOCK_NAMES[block.type] : event.blockId}</b>
        </p>
        {block ? <BlockWords block={block} /> : null}
      </>
    )
  const reason = event.kind === 'screen-skipped' && event.detail ? `: ${reasonWords(event.detail)}` : ''
  const isClear = event.kind === 'closed' && event.detail === 'screen-clear'
  const isNamed = event.kind === 'opened' || event.kind === 'closed'
  return (
    <p>
      {TRAIL_WORDS[event.kind]}
      {reason}
      {isNamed ? (
        <>
          : <b>{topicOf(versions, event)}</b>
        </>
      ) : null}
      {isClear ? ' with nothing positive' : null}
    </p>
  )
}

function Reworded({ words }: { words: string }) {
  return (
    <>
      <p>First answer unsure; shown in other words:</p>
      <div className={styles.words}>
        <p>{words}</p>
      </div>
    </>
  )
}

function Answered({ event, block }: { event: TrailEvent; block: Block | undefined }) {
  const option = block?.type === 'question' ? block.options.find(({ key }) => key === event.detail)?.label : undefined
  const answer = event.answer ? ANSWER_WORDS[event.answer] : (option ?? event.detail ?? 'Not known')
  return (
    <>
      <p className={styles.answer}>
        {block ? BLOCK_NAMES[block.type] : event.blockId}. Answer recorded: <b>{answer}</b>
        {event.tier ? <UrgencyMark tier={event.tier} /> : null}
      </p>
      {block ? <BlockWords block={block} /> : null}
      {event.answer && event.detail ? <p className={styles.soft}>{reasonWords(event.detail)}</p> : null}
    </>
  )
}

/** What came on screen in one consultation: one line that opens to the words. */
export function ShownBlocks({ events, versions }: { events: readonly TrailEvent[]; versions: Versions }) {
  const count = `${events.length} ${events.length === 1 ? 'block' : 'blocks'} shown`
  const last = events.at(-1)
  return (
    <details className={styles.details}>
      <summary>
        {count}
        {last && events.length > 1 ? `, the last at ${minutesOf(last.second)}` : ''}
      </summary>
      <ol className={styles.shown}>
        {events.map((event) => {
          const block = event.blockId ? versions.findBlock(event.versionId, event.blockId) : undefined
          return (
            <li key={event.id}>
              <p>
                <span className={styles.second}>{minutesOf(event.second)}</span> <b>{block ? BLOCK_NAMES[block.type] : (event.blockId ?? 'The topic')}</b>
              </p>
              {block ? <BlockWords block={block} /> : null}
            </li>
          )
        })}
      </ol>
    </details>
  )
}
