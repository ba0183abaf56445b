import type { QueryClient } from '@tanstack/react-query'
import { signOut } from '#lib/desk/session.ts'
import { tellTabs } from './session-channel.ts'

const waiting = new Set<() => Promise<unknown>>()

/** Lets a screen send what it still holds before a sign-out ends the session. Returns what withdraws it. */
export function beforeSignOut(send: () => Promise<unknown>): () => void {
  waiting.add(send)
  return () => {
    waiting.delete(send)
  }
}

/** Leaves this page for the sign-in page with nothing of it kept or shown. */
export function leaveConsole(client: QueryClient) {
  document.body.style.visibility = 'hidden'
  client.clear()
  window.location.replace('/sign-in')
}

/** Ends the session on the server, then in every tab. Throws where something could not be sent first, or the server did not hear it: then the session still stands. */
export async function signOutEverywhere(client: QueryClient): Promise<void> {
  await Promise.all([...waiting].map((send) => send()))
  await signOut()
  tellTabs('out')
  leaveConsole(client)
}
