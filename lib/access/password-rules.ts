import type { Role } from './roles.ts'

const GUARDED: readonly Role[] = ['supervisor', 'dpo', 'admin']

/** The commonest long passwords of public lists, and our own words. A full breached set comes with the people's own pages. */
const DENIED = ['password', 'passw0rd', 'qwertyuiop', '1234567890', 'iloveyou', 'letmein', 'callside', 'helpline']

/**
 * What is wrong with a password, in words; empty when it may be used. 12 characters or more, 15 for supervisor, dpo and admin
 * (Cyber Essentials and NCSC: length and a deny-list, any characters, no expiry).
 */
export function passwordFaults(password: string, roles: readonly Role[]): string[] {
  const least = roles.some((role) => GUARDED.includes(role)) ? 15 : 12
  const faults: string[] = []
  if ([...password].length < least) faults.push(`Use ${least} characters or more. Three random words work well.`)
  const plain = password.toLowerCase()
  const bare = DENIED.reduce((rest, word) => rest.replaceAll(word, ''), plain)
  if (bare.length < 6 && bare !== plain) faults.push('That is among the passwords people guess first.')
  if (new Set(plain).size < 5) faults.push('Use more different characters.')
  return faults
}
