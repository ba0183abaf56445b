'use client'
import Link from 'next/link'
import type { Ref } from 'react'
import { type CallState, LIVE_STATES } from '#lib/calls/terms.ts'
import { RecordingMark, UrgencyMark } from '../marks.tsx'
import type { CallListItem } from '../queries.ts'
import { clockOf, minutesOf, relativeDayOf, secondsBetween } from '../times.ts'
import styles from './list.module.css'
import type { ListSettings } from './settings.ts'

const COLUMNS = ['Time', 'Agent', 'Length', 'Reference', 'Topics', 'Urgency', 'Recording', 'How it ended', 'Escalated'] as const

/** Beside the length while a call is not finished. */
const STATE_WORDS: Partial<Record<CallState, string>> = { 'wrapping-up': 'to finish', missed: 'missed', abandoned: 'abandoned' }

function lengthOf(call: CallListItem): string {
  if (LIVE_STATES.includes(call.state)) return call.state === 'on-hold' ? 'On hold now' : 'Live now'
  const length = call.endedAt ? minutesOf(secondsBetween(call.startedAt, call.endedAt)) : ''
  const state = STATE_WORDS[call.state]
  return state ? `${length} ${state}`.trim() : length
}

type Props = Pick<ListSettings, 'timeZone' | 'titles'> & { calls: readonly CallListItem[]; now: number; isBusy: boolean; caption: Ref<HTMLTableCaptionElement> }

export function CallTable({ calls, timeZone, now, titles, isBusy, caption }: Props) {
  return (
    <table className={styles.table} aria-busy={isBusy}>
      <caption ref={caption} tabIndex={-1} className="unseen">
        Calls, newest first
      </caption>
      <thead>
        <tr>
          {COLUMNS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id}>
            <td data-label="Time" className={styles.time}>
              <time dateTime={call.startedAt}>
                {relativeDayOf(call.startedAt, timeZone, now)} <b>{clockOf(call.startedAt, timeZone)}</b>
              </time>
            </td>
            <td data-label="Agent">{call.agentName}</td>
            <td data-label="Length">{lengthOf(call)}</td>
            <th scope="row" data-label="Reference" className={styles.reference}>
              <Link href={`/reviews/${call.id}`} prefetch={false}>
                {call.reference}
              </Link>
            </th>
            <td data-label="Topics">{call.topics.map((topic) => titles[topic] ?? topic.replaceAll('-', ' ')).join(', ') || 'None'}</td>
            <td data-label="Urgency">
              <UrgencyMark tier={call.urgency} />
            </td>
            <td data-label="Recording">
              <RecordingMark call={call} />
            </td>
            <td data-label="How it ended">{call.dispositionLabel ?? 'Not yet said'}</td>
            <td data-label="Escalated">{call.escalated ? 'Yes' : 'No'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
