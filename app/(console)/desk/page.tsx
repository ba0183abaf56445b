import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { pageApi, requireActor } from '#lib/http/page-client.ts'
import { Desk } from './desk.tsx'
import { helplineQuery, myCallsQuery } from './queries.ts'

export const metadata: Metadata = { title: 'Desk' }

export default async function DeskPage() {
  const me = await requireActor()
  if (!me.roles.includes('agent') && !me.roles.includes('supervisor'))
    return (
      <main>
        <h1>The desk is for agents and supervisors</h1>
        <p>Your roles do not take calls. Ask an admin if that is wrong.</p>
      </main>
    )
  const api = await pageApi()
  const client = new QueryClient()
  await Promise.all([
    client.prefetchQuery(helplineQuery(api)),
    client.prefetchQuery(myCallsQuery(api, { phase: 'live' })),
    client.prefetchQuery(myCallsQuery(api, { phase: 'to-finish' })),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Desk me={me} />
    </HydrationBoundary>
  )
}
