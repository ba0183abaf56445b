import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { unwrap } from '#lib/http/client.ts'
import { pageApi, requireActor } from '#lib/http/page-client.ts'
import { ConsoleBar } from '../_shell/console-bar.tsx'
import { CallList } from './_list/call-list.tsx'
import { readFilters, toListInput } from './filters.ts'
import { teamCalls } from './queries.ts'
import { SupervisorsOnly } from './supervisors-only.tsx'

export const metadata: Metadata = { title: 'Reviews' }

type Address = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const plain = (address: Awaited<Address['searchParams']>) =>
  new URLSearchParams(Object.entries(address).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))

export default async function ReviewsPage({ searchParams }: Address) {
  const me = await requireActor()
  if (!me.roles.includes('supervisor')) return <SupervisorsOnly person={me} />
  const api = await pageApi()
  const [helpline, library, address] = await Promise.all([unwrap(api.helpline.$get()), unwrap(api.guidance.library.$get()), searchParams])
  const client = new QueryClient()
  await client.prefetchQuery(teamCalls(api, toListInput(readFilters(plain(address)), helpline.timeZone)))
  return (
    <>
      <ConsoleBar person={me} />
      <HydrationBoundary state={dehydrate(client)}>
        <CallList
          timeZone={helpline.timeZone}
          now={helpline.now}
          dispositions={helpline.dispositions.map(({ code, label }) => ({ code, label }))}
          agents={me.team?.agents ?? []}
          titles={Object.fromEntries(library.versions.map((version) => [version.topic, version.content.title]))}
        />
      </HydrationBoundary>
    </>
  )
}
