'use client'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { sayAtOnce } from '#app/_ui/announcer.tsx'
import { useKeys } from '#app/_ui/use-keys.ts'
import { useStore } from '#app/_ui/use-store.ts'
import { LIVE_STATES } from '#lib/calls/terms.ts'
import { isEmergencyCardUp } from '../_shell/emergency-card.ts'
import { beforeSignOut } from '../_shell/leaving.ts'
import styles from './desk.module.css'
import { EmergencyCard } from './emergency-card.tsx'
import { FindPane } from './find-pane.tsx'
import { IdlePane } from './idle-pane.tsx'
import { LogPane } from './log-pane.tsx'
import { TopBar } from './top-bar.tsx'
import { TopicPane } from './topic-pane.tsx'
import { type DeskPerson, useDesk } from './use-desk.ts'

const PANES = ['desk-bar', 'desk-find', 'desk-guidance', 'desk-log']

/** The agent's desk: finding, guidance and the call log on one screen, under a bar that always tells the truth. */
export function Desk({ me }: { me: DeskPerson }) {
  const desk = useDesk()
  const { session, library, call } = desk
  const isLive = call !== null && LIVE_STATES.includes(call.state)
  // A flag belongs to the live call; between calls it waits for the next one, never for one that has ended.
  const flagged = isLive || !call ? session : desk.between
  const card = useStore(flagged.card)
  const open = useStore(session.open)
  const isReady = useIsReady()
  const canStart = isReady && !isLive && !desk.start.isPending
  const find = useRef<HTMLInputElement>(null)

  const raiseFlag = () => {
    flagged.raiseFlag()
    document.getElementById('emergency-heading')?.focus()
  }
  const finish = () => {
    if (call && call.state !== 'finished') desk.finish.mutate(call.id)
  }
  useKeys([
    ['F2', () => canStart && desk.start.mutate()],
    ['F8', raiseFlag],
    ['Ctrl+K', () => find.current?.focus()],
    ['Ctrl+Enter', finish],
    ['F6', () => focusPane(1)],
    ['Shift+F6', () => focusPane(-1)],
    ['F9', () => document.getElementById('recording-act')?.click()],
  ])
  useFocusKept()
  // Signing out waits for what this desk has not sent yet.
  useEffect(() => beforeSignOut(() => session.settleAll()), [session])
  useEffect(() => {
    isEmergencyCardUp.set(card !== null)
    if (card) sayAtOnce('Emergency card')
  }, [card])

  return (
    <div className={styles.desk}>
      <TopBar me={me} desk={desk} isLive={isLive} canStart={canStart} onFlag={raiseFlag} />
      <main id="main" tabIndex={-1} className={styles.panes}>
        <FindPane ref={find} desk={desk} />
        <section id="desk-guidance" className={styles.guidance} aria-label="Guidance" tabIndex={-1}>
          {card ? <EmergencyCard cause={card} session={flagged} call={isLive ? call : null} library={library} /> : null}
          {!card && open && library ? <TopicPane key={open.consultationId} open={open} session={session} library={library} /> : null}
          {!card && !open ? <IdlePane desk={desk} canStart={canStart} me={me} isLive={isLive} /> : null}
        </section>
        <LogPane desk={desk} isLive={isLive} onFinish={finish} />
      </main>
    </div>
  )
}

/** True once this page listens: until then the server's HTML must not offer what would not answer. */
const useIsReady = () =>
  useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )

/** When what had focus goes away, its pane takes it: the next key is then still of use, and a screen reader stays where it was. */
function useFocusKept() {
  useEffect(() => {
    let last: string | undefined
    const onFocus = () => {
      last = PANES.find((id) => document.getElementById(id)?.contains(document.activeElement)) ?? last
    }
    const observer = new MutationObserver(() => {
      if (document.activeElement === document.body && last) document.getElementById(last)?.focus({ preventScroll: true })
    })
    document.addEventListener('focusin', onFocus)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', onFocus)
      observer.disconnect()
    }
  }, [])
}

/** F6 goes round the panes, as in any desktop program. */
function focusPane(step: 1 | -1) {
  const at = PANES.findIndex((id) => document.getElementById(id)?.contains(document.activeElement))
  const next = PANES[(at + step + PANES.length) % PANES.length] ?? 'desk-bar'
  document.getElementById(next)?.focus()
}
