'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { say } from '#app/_ui/announcer.tsx'
import { Button } from '#app/_ui/button.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { ApiProblem, api } from '#lib/http/client.ts'
import { type Filters, hasFilters, readFilters, toListInput, writeFilters } from '../filters.ts'
import { lastList } from '../last-list.ts'
import { teamCalls } from '../queries.ts'
import { CallTable } from './call-table.tsx'
import { FIRST_FILTER, FilterBar } from './filter-bar.tsx'
import styles from './list.module.css'
import type { ListSettings } from './settings.ts'

const MINUTE_MS = 60_000

/** The time, to the minute: a list that stays open over midnight must not go on calling yesterday today. */
function useMinute(start: string): number {
  const [now, setNow] = useState(() => Date.parse(start))
  useEffect(() => {
    const ahead = Date.parse(start) - Date.now()
    const timer = setInterval(() => setNow(Date.now() + ahead), MINUTE_MS)
    return () => clearInterval(timer)
  }, [start])
  return now
}

/** The list's part of the address changes without leaving the page, so that focus stays where it is. */
function go(filters: Filters, how: 'pushState' | 'replaceState') {
  window.history[how](null, '', writeFilters(filters))
}

/** The control that cleared the filters goes with them, so focus moves to the first one. */
function clearFilters() {
  go({}, 'replaceState')
  document.getElementById(FIRST_FILTER)?.focus()
}

const countWords = (count: number, isMore: boolean) =>
  isMore ? `The newest ${count} calls` : count === 0 ? 'No calls' : count === 1 ? '1 call' : `${count} calls`

export function CallList({ timeZone, now: start, dispositions, agents, titles }: ListSettings) {
  const filters = readFilters(new URLSearchParams(useSearchParams().toString()))
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery({
    ...teamCalls(api, toListInput(filters, timeZone)),
    placeholderData: keepPreviousData,
  })
  const now = useMinute(start)
  const caption = useRef<HTMLTableCaptionElement>(null)
  const address = writeFilters(filters)
  const announced = useRef(address)

  useEffect(() => lastList.set(address), [address])

  useEffect(() => {
    if (!data || isPlaceholderData || announced.current === address) return
    announced.current = address
    say(countWords(data.calls.length, data.nextCursor !== null))
  }, [data, isPlaceholderData, address])

  const turnTo = (cursor: string | undefined) => {
    go({ ...filters, cursor }, 'pushState')
    window.scrollTo({ top: 0 })
    caption.current?.focus()
  }

  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <div className={styles.head}>
        <PageHeading>Your team’s calls</PageHeading>
        {data ? <p className={styles.count}>{filters.cursor ? 'Older calls' : countWords(data.calls.length, data.nextCursor !== null)}</p> : null}
      </div>
      <FilterBar
        filters={filters}
        clear={clearFilters}
        dispositions={dispositions}
        agents={agents}
        apply={(changed) => go({ ...changed, cursor: undefined }, 'replaceState')}
      />
      {error ? <ListFault error={error} isStale={data !== undefined} again={() => void refetch()} isBusy={isFetching} /> : null}
      {!data && !error ? <p className={styles.notice}>Loading calls…</p> : null}
      {data && data.calls.length > 0 ? (
        <CallTable calls={data.calls} timeZone={timeZone} now={now} titles={titles} isBusy={isPlaceholderData} caption={caption} />
      ) : null}
      {data?.calls.length === 0 ? <NoCalls filters={filters} clear={clearFilters} /> : null}
      {data && (filters.cursor || data.nextCursor) ? (
        <nav aria-label="Pages" className={styles.pages}>
          {filters.cursor ? (
            <Turn filters={{ ...filters, cursor: undefined }} turn={turnTo}>
              Newest calls
            </Turn>
          ) : null}
          {data.nextCursor ? (
            <Turn filters={{ ...filters, cursor: data.nextCursor }} turn={turnTo}>
              Older calls
            </Turn>
          ) : null}
        </nav>
      ) : null}
    </main>
  )
}

/** A real link, which a plain click follows without leaving the page. */
function Turn({ filters, turn, children }: { filters: Filters; turn(cursor: string | undefined): void; children: ReactNode }) {
  return (
    <a
      href={writeFilters(filters)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        turn(filters.cursor)
      }}
    >
      {children}
    </a>
  )
}

function ListFault({ error, isStale, again, isBusy }: { error: Error; isStale: boolean; again(): void; isBusy: boolean }) {
  const cause = error instanceof ApiProblem && error.status > 0 ? (error.detail ?? error.message) : 'Callside cannot be reached'
  return (
    <div role="alert" className={styles.fault}>
      <p>
        <strong>{isStale ? 'This list may be out of date.' : 'The calls could not be loaded.'}</strong> {cause}.
      </p>
      <Button onPress={again}>{isBusy ? 'Trying…' : 'Try again'}</Button>
    </div>
  )
}

function NoCalls({ filters, clear }: { filters: Filters; clear(): void }) {
  if (hasFilters(filters) || filters.cursor)
    return (
      <div className={styles.notice}>
        <p>No call fits these filters.</p>
        <Button onPress={clear}>Show all calls</Button>
      </div>
    )
  return (
    <div className={styles.notice}>
      <h2>No calls yet</h2>
      <p>When an agent of your team starts a call it appears here by itself, newest first, and stays.</p>
      <p>Open its reference to read the whole record: the guidance shown, the answers, the notes, recording and escalations.</p>
    </div>
  )
}
