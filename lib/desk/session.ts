import { Store } from './store.ts'

/** True once the server said that the session is over, until the same person has signed in again. */
export const isSignedOut = new Store(false)

const resumed = new Set<() => void>()

/** Called when the same person has signed in again: what waited goes on. */
export function onResumed(listener: () => void): () => void {
  resumed.add(listener)
  return () => {
    resumed.delete(listener)
  }
}

export function resumeSession() {
  isSignedOut.set(false)
  for (const listener of resumed) listener()
}

export type SignInResult = 'in' | 'refused' | 'unreachable' | { waitSeconds: number }

/** Signs in through next-auth's own endpoints. Never throws. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  try {
    const csrf: { csrfToken: string } = await (await fetch('/api/auth/csrf')).json()
    const response = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken: csrf.csrfToken, email, password, json: 'true' }),
    })
    if (response.ok) return 'in'
    if (response.status === 429) return { waitSeconds: Number(response.headers.get('retry-after') ?? 60) }
    return response.status === 401 ? 'refused' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/** Ends the session on the server and leaves for the sign-in page. */
export async function signOut(): Promise<void> {
  const csrf: { csrfToken: string } = await (await fetch('/api/auth/csrf')).json()
  await fetch('/api/auth/signout', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, json: 'true' }),
  })
}
