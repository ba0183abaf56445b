'use client'
import { useQuery } from '@tanstack/react-query'
import { Button } from '#app/_ui/button.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { ApiProblem, api } from '#lib/http/client.ts'
import { type CallRecord, callRecord } from '../queries.ts'
import { clockWithSeconds } from '../times.ts'
import { BackToList } from './back-to-list.tsx'
import { Escalations } from './escalations.tsx'
import { Head } from './head.tsx'
import styles from './record.module.css'
import { RecordingLedger } from './recording-ledger.tsx'
import { Section } from './section.tsx'
import { Timeline } from './timeline-list.tsx'

/** The whole record of one call, in order and read-only. */
export function Record({ id, timeZone }: { id: string; timeZone: string }) {
  const { data, error, isFetching, refetch } = useQuery(callRecord(api, id))
  const again = () => void refetch()
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <p className={styles.back}>
        <BackToList />
      </p>
      <PageHeading>{data ? `Call ${data.reference}` : 'Call record'}</PageHeading>
      {error ? <Fault error={error} isBusy={isFetching} again={again} /> : null}
      {!data && !error ? <p>Loading the record…</p> : null}
      {data ? <Whole record={data} timeZone={timeZone} isBusy={isFetching} again={again} /> : null}
    </main>
  )
}

function Whole({ record, timeZone, isBusy, again }: { record: CallRecord; timeZone: string; isBusy: boolean; again(): void }) {
  return (
    <>
      <p className={styles.audited}>Opening this record was written to the audit trail.</p>
      {record.state === 'finished' ? null : (
        <div className={styles.open}>
          <p>
            <strong>This record is still being written.</strong> You see it as it was at {clockWithSeconds(record.now, timeZone)}.
          </p>
          <Button onPress={again}>{isBusy ? 'Loading…' : 'Load it again'}</Button>
        </div>
      )}
      <Head record={record} timeZone={timeZone} />
      <RecordingLedger record={record} timeZone={timeZone} />
      <Escalations record={record} timeZone={timeZone} />
      <Timeline record={record} timeZone={timeZone} />
      <Section id="notes" title="Notes">
        {record.notes === '' ? <p>No notes were taken.</p> : <p className={styles.notes}>{record.notes}</p>}
      </Section>
    </>
  )
}

function Fault({ error, isBusy, again }: { error: Error; isBusy: boolean; again(): void }) {
  const isAbsent = error instanceof ApiProblem && error.status === 404
  return (
    <div role="alert" className={styles.fault}>
      <p>
        {isAbsent
          ? 'There is no call with this address among your team’s calls.'
          : 'The record could not be loaded: Callside cannot be reached, or did not answer in time.'}
      </p>
      {isAbsent ? null : <Button onPress={again}>{isBusy ? 'Trying…' : 'Try again'}</Button>}
    </div>
  )
}
