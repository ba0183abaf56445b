'use client'
import { clock, timeOfDay } from '#app/_ui/time.ts'
import styles from './call-lists.module.css'
import type { CallItem } from './queries.ts'
import type { DeskState } from './use-desk.ts'

/** What is to finish, and today's calls. A call that has ended waits here until its log is whole; it is never closed by itself. */
export function CallLists({ desk }: { desk: DeskState }) {
  const { toFinish, todays, activeId, helpline } = desk
  const zone = helpline.data?.timeZone
  const waiting = (toFinish.data?.calls ?? []).filter((call) => call.id !== activeId)
  const done = (todays.data?.calls ?? []).filter((call) => call.state === 'finished')
  return (
    <div className={styles.lists}>
      {waiting.length > 0 ? (
        <section aria-labelledby="to-finish-heading">
          <h2 id="to-finish-heading">To finish ({waiting.length})</h2>
          <ul className={styles.list}>
            {waiting.map((call) => (
              <li key={call.id}>
                <button type="button" className={styles.row} onClick={() => desk.choose(call.id)}>
                  <CallLine call={call} zone={zone} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-labelledby="today-heading">
        <h2 id="today-heading">Today’s calls</h2>
        {todays.isError ? <p>Today’s calls could not be loaded.</p> : null}
        {todays.data && done.length === 0 ? <p className={styles.empty}>None finished yet today.</p> : null}
        <ul className={styles.list}>
          {done.map((call) => (
            <li key={call.id} className={styles.row}>
              <CallLine call={call} zone={zone} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function CallLine({ call, zone }: { call: CallItem; zone: string | undefined }) {
  const seconds = call.endedAt ? Math.round((Date.parse(call.endedAt) - Date.parse(call.startedAt)) / 1000) : null
  return (
    <>
      <span>{timeOfDay(call.startedAt, zone)}</span>
      <span>{call.dispositionLabel ?? 'No ending chosen yet'}</span>
      <span className={styles.meta}>
        {call.reference}
        {seconds === null ? '' : ` · ${clock(seconds)}`}
        {call.escalated ? ' · escalated' : ''}
      </span>
    </>
  )
}
