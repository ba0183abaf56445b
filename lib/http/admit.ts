import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { findSession, touchSession } from '#db/queries/sessions.ts'
import type { Actor } from '#lib/access/actor.ts'
import { sessionCookieName } from '#lib/access/cookies.ts'
import { hasPermission, type Permission } from '#lib/access/roles.ts'
import { hashToken } from '#lib/access/secrets.ts'
import { isSessionLive, sessionLimits } from '#lib/access/session-rules.ts'
import { Refusal } from '#lib/refusal.ts'
import type { House, HouseEnv } from './house.ts'

/** Marks a request that the person did not make: it must not keep a session alive. */
export const BACKGROUND_HEADER = 'callside-background'

const TOUCH_AFTER_MINUTES = 0.5

/** The actor behind a cookie, or undefined. One look-up; a request of the person's own keeps the session alive. */
export async function findActor(house: House, token: string | undefined, ip: string | null, isBackground: boolean): Promise<Actor | undefined> {
  if (!token) return undefined
  const row = await findSession(house.database.db, hashToken(token))
  if (!row) return undefined
  if (!isSessionLive(sessionLimits(row.roles), row.ageMinutes, row.idleMinutes, row.liveCallMinutes)) return undefined
  if (!isBackground && row.idleMinutes > TOUCH_AFTER_MINUTES) await touchSession(house.database.db, row.id)
  return { id: row.personId, name: row.name, email: row.email, roles: row.roles, teamId: row.teamId, isDemo: row.isDemo, sessionId: row.id, ip }
}

/** Who, then whether they may. Before any input is read. A background request, such as a stream, is no activity of the person's. */
export function admit(permission: Permission, options: { isBackground?: boolean } = {}) {
  return createMiddleware<HouseEnv>(async (c, next) => {
    if (permission !== 'public') {
      const house = c.var.house
      const actor = await findActor(
        house,
        getCookie(c, sessionCookieName(house.config)),
        addressOf(c),
        options.isBackground === true || c.req.header(BACKGROUND_HEADER) !== undefined,
      )
      if (!actor) throw new Refusal('not-signed-in')
      if (!hasPermission(actor.roles, permission)) throw new Refusal('not-allowed')
      c.set('actor', actor)
    }
    await next()
  })
}

/** The peer's address. Forwarding headers are not believed: a proxy's own log has them. */
export function addressOf(c: Context): string | null {
  const incoming: unknown = c.env?.incoming
  if (typeof incoming !== 'object' || incoming === null || !('socket' in incoming)) return null
  const socket = incoming.socket
  return typeof socket === 'object' && socket !== null && 'remoteAddress' in socket && typeof socket.remoteAddress === 'string'
    ? socket.remoteAddress.replace(/^::ffff:/, '')
    : null
}
