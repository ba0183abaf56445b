import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ApiProblem, unwrap } from '#lib/http/client.ts'
import { pageApi, requireActor } from '#lib/http/page-client.ts'
import { ConsoleBar } from '../../_shell/console-bar.tsx'
import { Record } from '../_record/record.tsx'
import { versionIdsOf } from '../_record/timeline.ts'
import { callRecord, guidanceVersion } from '../queries.ts'
import { SupervisorsOnly } from '../supervisors-only.tsx'

export const metadata: Metadata = { title: 'Call record' }

/** An id that is no id, or of a call outside the team, is as good as absent. */
const isAbsent = (error: unknown) => error instanceof ApiProblem && (error.status === 404 || error.status === 422)

export default async function RecordPage({ params }: { params: Promise<{ id: string }> }) {
  const me = await requireActor()
  if (!me.roles.includes('supervisor')) return <SupervisorsOnly person={me} />
  const { id } = await params
  const api = await pageApi()
  const client = new QueryClient()
  const helpline = await unwrap(api.helpline.$get())
  try {
    const record = await client.fetchQuery(callRecord(api, id))
    await Promise.all(versionIdsOf(record).map((versionId) => client.prefetchQuery(guidanceVersion(api, versionId))))
  } catch (error) {
    // Anything else is asked again in the browser, which shows it.
    if (isAbsent(error)) notFound()
  }
  return (
    <>
      <ConsoleBar person={me} />
      <HydrationBoundary state={dehydrate(client)}>
        <Record id={id} timeZone={helpline.timeZone} />
      </HydrationBoundary>
    </>
  )
}
