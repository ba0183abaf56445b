import type { Role } from './roles.ts'

/** Who is asking: one session of one person, as the database knew them at the start of this request. */
export type Actor = {
  id: string
  name: string
  email: string
  roles: readonly Role[]
  teamId: string | null
  /** Demo people may use samples; nobody else may. */
  isDemo: boolean
  sessionId: string
  ip: string | null
}

/** The rows an actor may see: their own, and as a supervisor their team's. Always a parameter of a query. */
export type Scope = { personId: string; teamId: string | null }

export function scopeOf(actor: Actor): Scope {
  return { personId: actor.id, teamId: actor.roles.includes('supervisor') ? actor.teamId : null }
}
