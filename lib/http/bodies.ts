import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '#lib/refusal.ts'
import type { HouseEnv } from './house.ts'

/** What the validator reads as JSON. Anything else it takes for an empty object. */
const JSON_TYPE = /^application\/json(;\s*[a-z0-9-]+=[^;]+)*$/i

/**
 * The listener's request is a light stand-in, which the limit cannot wrap as it does where a body comes without its length.
 * Such a request is made a real one first.
 */
export const wholeRequest = createMiddleware<HouseEnv>(async (c, next) => {
  const { raw } = c.req
  if (raw.body && (!raw.headers.has('content-length') || raw.headers.has('transfer-encoding'))) {
    const init: RequestInit & { duplex: 'half' } = { method: raw.method, headers: raw.headers, body: raw.body, duplex: 'half' }
    c.req.raw = new Request(raw.url, init)
  }
  await next()
})

/** Refuses a longer body, before or while it is read. */
export const bodyWithin = (bytes: number) =>
  bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new Refusal('too-large')
    },
  })

/** Refuses a body that does not say it is JSON: it would count as empty, and what somebody typed would be lost with a good answer. */
export const jsonOnly = createMiddleware<HouseEnv>(async (c, next) => {
  const hasBody = c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? '0') > 0
  if (hasBody && !JSON_TYPE.test(c.req.header('content-type') ?? '')) throw new Refusal('bad-request', 'Send JSON, with the content type application/json')
  await next()
})
