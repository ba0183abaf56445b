import type { Role } from './roles.ts'

/** How long a session lives, in minutes, by the database's clock. NHS e-RS and OWASP: 10 to 15 idle, 8 to 10 hours in all. */
export type SessionLimits = { idleMinutes: number; absoluteMinutes: number }

/** The strictest limits among the person's roles. Idle 15 (dpo, admin 10); absolute 10 h for agents alone, 8 h for others. */
export function sessionLimits(roles: readonly Role[]): SessionLimits {
  const guarded = roles.includes('dpo') || roles.includes('admin')
  const agentOnly = roles.length > 0 && roles.every((role) => role === 'agent')
  return { idleMinutes: guarded ? 10 : 15, absoluteMinutes: agentOnly ? 600 : 480 }
}

/**
 * Whether a session still stands. Neither clock runs while its person has a live call, so a session that had ended before the call
 * began is not brought back by it. `liveCallMinutes` is the age of that call, null without one.
 */
export function isSessionLive(limits: SessionLimits, ageMinutes: number, idleMinutes: number, liveCallMinutes: number | null): boolean {
  const inCall = liveCallMinutes ?? 0
  return idleMinutes - inCall < limits.idleMinutes && ageMinutes - inCall < limits.absoluteMinutes
}
