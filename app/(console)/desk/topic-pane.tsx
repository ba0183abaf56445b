'use client'
import { Fragment, type Ref, useEffect, useMemo, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { dateOf } from '#app/_ui/time.ts'
import { useStore } from '#app/_ui/use-store.ts'
import type { CallSession, OpenTopic } from '#lib/desk/call-session.ts'
import { type DeskLibrary, type DeskVersion, EMERGENCY_SCREEN } from '#lib/desk/library.ts'
import { type Asked, leadsTo, scriptOf } from '#lib/desk/script.ts'
import { type Answer, TIER_LABELS, type Tier } from '#lib/guidance/terms.ts'
import { BlockView } from './block-view.tsx'
import { QuestionCard } from './question-card.tsx'
import { ScreenEnd } from './screen-end.tsx'
import styles from './topic-pane.module.css'

/** One topic, safety questions first. Shows at once from memory; what is shown, asked and read out goes to the trail. */
export function TopicPane({ open, session, library }: { open: OpenTopic; session: CallSession; library: DeskLibrary }) {
  const trail = useStore(session.trail)
  const version = library.find(open.topic)
  const script = useMemo(() => (version ? scriptOf(library, version, trail) : null), [library, version, trail])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const target = open.focusBlock ? document.getElementById(`block-${open.focusBlock}`) : null
    if (target) target.focus()
    else heading.current?.focus()
  }, [open])

  if (!version || !script) return <p>That topic is not in use any more. Find another with Ctrl+K.</p>
  const { items, remaining } = script
  const next = open.next ? library.find(open.next) : undefined

  const follow = (goTo: string | undefined) => {
    const target = goTo ? library.target(goTo) : undefined
    if (!target) return false
    if (target.version.topic === version.topic && target.block) document.getElementById(`block-${target.block.id}`)?.focus()
    else session.openTopic(library, target.version, target.block?.id)
    return true
  }
  const answer = (item: Asked, given: Answer) => {
    const result = session.answer(item.block, item.from, given)
    // A first unsure only put the question in other words: it is still the one to ask. After an emergency the questions stop.
    if (result === 'reworded' || result === 'emergency' || follow(leadsTo(item.block, given))) return
    focusNext(scriptOf(library, version, session.trail.get()).remaining[0])
  }
  const noToTheRest = () => {
    for (const item of remaining) session.answer(item.block, item.from, 'no', 'no-to-the-rest')
    focusNext(undefined)
  }

  const afterQuestions = items.findLastIndex((item) => item.kind === 'question')
  return (
    <article className={styles.topic} aria-labelledby="topic-heading">
      <Head
        version={version}
        next={next}
        tier={script.tier}
        headingRef={heading}
        onClose={() => session.closeTopic()}
        onBegin={() => focusNext(remaining[0])}
      />
      {items.map((item, at) => (
        <Fragment key={item.block.id}>
          {item.kind === 'question' ? (
            <QuestionCard
              item={item}
              onShown={() => session.show(item.block.id, item.from)}
              onAnswer={(given) => answer(item, given)}
              onUndo={() => session.undo(item.block.id, item.from)}
            />
          ) : (
            <BlockView
              item={item}
              library={library}
              onShown={() => session.show(item.block.id, item.from)}
              onMark={(kind) => session.mark(item.block, item.from, kind)}
              onUndo={() => session.undo(item.block.id, item.from)}
              onChoose={(option, goTo) => {
                session.choose(item.block.id, item.from, option)
                follow(goTo)
              }}
            />
          )}
          {at === afterQuestions ? (
            <div id="after-questions" tabIndex={-1} className={styles.rest}>
              {remaining.length > 1 ? (
                <Button onPress={noToTheRest} isDisabled={!script.areAllShown}>
                  No to the other {remaining.length}: {script.areAllShown ? 'all were asked' : 'go through them first'}
                </Button>
              ) : null}
              {script.tier === 'emergency' ? (
                <p>
                  <strong>An answer was an emergency: the questions have stopped.</strong> <Button onPress={() => session.raiseFlag()}>Emergency card</Button>
                </p>
              ) : remaining.length === 0 && afterQuestions > 0 ? (
                <p className={styles.about}>All safety questions are answered.</p>
              ) : null}
            </div>
          ) : null}
        </Fragment>
      ))}
      {version.topic === EMERGENCY_SCREEN && session.id ? (
        <ScreenEnd isEmergency={script.tier === 'emergency'} remaining={remaining.length} next={next} session={session} library={library} />
      ) : null}
      <Changes version={version} />
    </article>
  )
}

type HeadProps = { version: DeskVersion; next: DeskVersion | undefined; tier: Tier; headingRef: Ref<HTMLHeadingElement>; onClose(): void; onBegin(): void }

function Head({ version, next, tier, headingRef, onClose, onBegin }: HeadProps) {
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        {/* Focus lands here when a topic opens; Enter goes on to the first question. */}
        <h1 id="topic-heading" ref={headingRef} tabIndex={-1} onKeyDown={(event) => event.key === 'Enter' && onBegin()}>
          {version.content.title}
        </h1>
        <Button look="quiet" onPress={onClose}>
          Close topic
        </Button>
      </div>
      <p className={styles.about}>
        Version {version.number} ·{' '}
        {version.state === 'sample' ? (
          <>
            <strong className={styles.sample}>Sample, awaiting clinical review: not for live calls</strong> ·{' '}
          </>
        ) : null}
        proposed review by {dateOf(version.content.proposedReviewBy)}
      </p>
      {next ? <p className={styles.about}>These come first. Then: {next.content.title}.</p> : null}
      {tier === 'routine' ? null : (
        <p className={styles.tier} data-tier={tier}>
          So far: <strong>{TIER_LABELS[tier]}</strong>. It can rise, and it does not fall.
        </p>
      )}
    </header>
  )
}

/** Focus goes to the next open question; after the last, to what comes after the questions. */
function focusNext(item: Asked | undefined) {
  requestAnimationFrame(() => {
    const target = item ? document.querySelector<HTMLElement>(`[data-question="${item.block.id}"]`) : document.getElementById('after-questions')
    target?.focus()
  })
}

function Changes({ version }: { version: DeskVersion }) {
  const { changes } = version.content
  if (changes.length === 0) return null
  return (
    <section className={styles.changes} aria-labelledby="changes-heading">
      <h2 id="changes-heading">What changed</h2>
      {changes.map((change) => (
        <dl key={change.when + change.now}>
          <dt>{change.when}</dt>
          <dd>
            <strong>Now:</strong> {change.now}
          </dd>
          <dd>
            <strong>Callers may have heard:</strong> {change.was}
          </dd>
        </dl>
      ))}
    </section>
  )
}
