'use client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Change, followChanges } from '#lib/desk/live.ts'
import { isSignedOut, onResumed } from '#lib/desk/session.ts'

/** Changes often come in twos and threes: a start, its ledger, its audit. They are one reason to ask again. */
const GATHER_MS = 400

const CALL_ROOMS = ['call', 'recording', 'escalation', 'trail']

/** Which keys a change makes stale. What was followed in a call is the call's trail; guidance is the library itself. */
function keysOf(change: NonNullable<Change>): string[] {
  return [...(CALL_ROOMS.includes(change.room) ? ['calls'] : []), ...(change.room === 'guidance' ? ['guidance'] : [])]
}

/**
 * What is held of other rooms is asked for again after a gap. A record under review never is: reading one writes to the audit
 * trail, and that is itself a change.
 */
function askAgain(client: QueryClient, stale: ReadonlySet<string> | 'all') {
  void client.invalidateQueries({
    predicate: ({ queryKey: [room] }) => (stale === 'all' ? room !== 'reviews' : typeof room === 'string' && stale.has(room)),
  })
}

/** Keeps every list and call on the page up to date with what others do. */
export function LiveUpdates() {
  const client = useQueryClient()
  useEffect(() => {
    let stale: Set<string> | 'all' = new Set()
    let timer: ReturnType<typeof setTimeout> | undefined
    const follow = () =>
      followChanges((change) => {
        // Signed out, nothing is answered; whoever signs in again asks for everything.
        if (isSignedOut.get()) return
        if (!change) stale = 'all'
        else if (stale !== 'all') for (const key of keysOf(change)) stale.add(key)
        timer ??= setTimeout(() => {
          timer = undefined
          askAgain(client, stale)
          stale = new Set()
        }, GATHER_MS)
      })
    let endFollowing = follow()
    // A stream that was refused does not come back by itself.
    const endResumed = onResumed(() => {
      endFollowing()
      endFollowing = follow()
    })
    return () => {
      clearTimeout(timer)
      endResumed()
      endFollowing()
    }
  }, [client])
  return null
}
