import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { streamSSE } from 'hono/streaming'
import { listEventsAfter, newestPosition } from '#db/queries/live.ts'
import { type Actor, scopeOf } from '#lib/access/actor.ts'
import { sessionCookieName } from '#lib/access/cookies.ts'
import { admit, findActor } from './admit.ts'
import type { HouseEnv } from './house.ts'
import type { LiveEvent } from './live-hub.ts'

/** A stream is looked at this often: a session that ended cuts it, and the line stays open through proxies. */
const CHECK_MS = 4_000

function concerns(actor: Actor, event: LiveEvent): boolean {
  if (event.kind.startsWith('guidance.') && event.person === null && event.team === null) return true
  const scope = scopeOf(actor)
  return event.person === scope.personId || (scope.teamId !== null && event.team === scope.teamId)
}

const roomOf = (event: LiveEvent) => event.kind.split('.')[0] ?? ''

/**
 * `GET /live`: server-sent events that carry a room's name and an id, nothing else; the client asks again for what it shows.
 * `Last-Event-ID` catches up after a gap. A stream keeps no session alive, and ends within seconds of its session.
 */
export const liveRoutes = new Hono<HouseEnv>().get('/live', admit('signed-in'), (c) => {
  const { house, actor } = c.var
  const token = getCookie(c, sessionCookieName(house.config))
  const seen = Number(c.req.header('last-event-id'))
  return streamSSE(c, async (stream) => {
    const waiting: LiveEvent[] = []
    let wake = () => {}
    let isOpen = true
    const close = () => {
      isOpen = false
      wake()
    }
    const unsubscribe = house.hub.subscribe((event) => {
      if (!concerns(actor, event)) return
      waiting.push(event)
      wake()
    }, close)
    stream.onAbort(close)
    try {
      const start = await newestPosition(house.database.db)
      if (Number.isSafeInteger(seen) && seen > 0 && seen < start) waiting.unshift(...(await listEventsAfter(house.database.db, scopeOf(actor), seen)))
      await stream.writeSSE({ event: 'ready', id: String(start), data: '{}' })
      while (isOpen) {
        for (const event of waiting.splice(0))
          await stream.writeSSE({ event: 'change', id: String(event.position), data: JSON.stringify({ room: roomOf(event), id: event.id }) })
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, CHECK_MS)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
          if (waiting.length > 0 || !isOpen) wake()
        })
        if (isOpen && waiting.length === 0) {
          if (!(await findActor(house, token, actor.ip, true))) break
          await stream.writeSSE({ event: 'still', data: '{}' })
        }
      }
    } finally {
      unsubscribe()
    }
  })
})
