'use client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isSignedOut, resumeSession } from '#lib/desk/session.ts'
import { api } from '#lib/http/client.ts'
import { leaveConsole } from './leaving.ts'
import { hearTabs } from './session-channel.ts'

/** Another tab signed in: the same person goes on here, and anyone else sees nothing of this page. */
async function checkPerson(client: QueryClient, personId: string) {
  const answer = await api.me.$get().catch(() => undefined)
  if (answer?.status !== 200) return
  const me = await answer.json()
  if (me.id !== personId) return leaveConsole(client)
  if (isSignedOut.get()) resumeSession()
}

/** Keeps a page from outliving its session: in other tabs, and when the browser brings it back whole from its history. */
export function SessionWatch({ personId }: { personId: string }) {
  const client = useQueryClient()
  useEffect(() => {
    const endHearing = hearTabs((news) => (news === 'out' ? leaveConsole(client) : void checkPerson(client, personId)))
    const onShow = (event: PageTransitionEvent) => {
      if (!event.persisted) return
      document.body.style.visibility = 'hidden'
      window.location.reload()
    }
    window.addEventListener('pageshow', onShow)
    return () => {
      endHearing()
      window.removeEventListener('pageshow', onShow)
    }
  }, [client, personId])
  return null
}
