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
export const liveRoutes = new Hono<HouseEnv>().get('/live', admit('signed-in', { isBackground: true }), (c) => {
  const { house, actor } = c.var
  const token = getCookie(c, sessionCookieName(house.config))
  const seen = Number(c.req.header('last-event-id'))
  return streamSSE(c, async (stream) => {
    const waiting: LiveEvent[] = []
    let reader = actor
    let lookedAt = performance.now()
    let wake = () => {}
    let isOpen = true
    const close = () => {
      isOpen = false
      wake()
    }
    const unsubscribe = house.hub.subscribe((event) => {
      if (!concerns(reader, event)) return
      waiting.push(event)
      wake()
    }, close)
    stream.onAbort(close)
    try {
      const start = await newestPosition(house.database.db)
      const missed = Number.isSafeInteger(seen) && seen > 0 && seen < start ? await listEventsAfter(house.database.db, scopeOf(actor), seen) : []
      waiting.unshift(...missed)
      // Where something was missed the cursor stays until it was told: a line that breaks before that begins there again.
      let told = missed.length > 0 ? seen : start
      await stream.writeSSE({ event: 'ready', id: String(told), data: '{}' })
      while (isOpen) {
        for (const event of waiting.splice(0)) {
          // Word of a change may come after it was caught up with.
          if (event.position <= told) continue
          told = event.position
          await stream.writeSSE({ event: 'change', id: String(told), data: JSON.stringify({ room: roomOf(event), id: event.id }) })
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, CHECK_MS - (performance.now() - lookedAt)))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
          if (waiting.length > 0 || !isOpen) wake()
        })
        // By the clock and not by the quiet: a stream that is never idle ends with its session too, and follows its roles.
        if (!isOpen || performance.now() - lookedAt < CHECK_MS) continue
        const still = await findActor(house, token, actor.ip, true)
        if (!still) break
        reader = still
        lookedAt = performance.now()
        await stream.writeSSE({ event: 'still', data: '{}' })
      }
    } catch (error) {
      // The database went away: the line ends, and the browser comes back to catch up.
      house.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'a stream of live updates was cut')
    } finally {
      unsubscribe()
    }
  })
})
