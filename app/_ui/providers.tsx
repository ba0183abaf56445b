'use client'
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { hasRecentInput, watchInput } from '#lib/desk/activity.ts'
import { isSignedOut, onResumed } from '#lib/desk/session.ts'
import { ApiProblem, watchClient } from '#lib/http/client.ts'

/** A refusal stays a refusal; only a server that is away is asked again. */
const isWorthAnother = (count: number, error: Error) => count < 2 && !(error instanceof ApiProblem && error.status > 0 && error.status !== 503)

function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 5_000, retry: isWorthAnother, refetchOnWindowFocus: false }, mutations: { retry: false } },
    // Every write may change what any list of calls shows.
    mutationCache: new MutationCache({ onSuccess: () => void client.invalidateQueries({ queryKey: ['calls'] }) }),
  })
  return client
}

/** What every screen needs in the browser. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient)
  useEffect(() => {
    watchClient({ hasRecentInput, onSignedOut: () => isSignedOut.set(true) })
    const endWatch = watchInput(window)
    const endResume = onResumed(() => void client.invalidateQueries())
    return () => {
      endWatch()
      endResume()
    }
  }, [client])
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
