import type { SignInResult } from '#lib/desk/session.ts'

/** Why a sign-in did not come about, in words. */
export function refusalWords(result: Exclude<SignInResult, 'in'>): string {
  if (result === 'refused') return 'The password is not right'
  if (result === 'unreachable') return 'Callside cannot be reached. Check the network, then try again.'
  const { waitSeconds } = result
  const minutes = waitSeconds >= 90 ? ` (about ${Math.round(waitSeconds / 60)} minutes)` : ''
  return `Too many tries. Wait ${waitSeconds} ${waitSeconds === 1 ? 'second' : 'seconds'}${minutes}, then try again.`
}
