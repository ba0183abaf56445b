import { isUtf8 } from 'node:buffer'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '#lib/refusal.ts'
import type { HouseEnv } from './house.ts'

/** A body that is too long is still read this far before it is refused: the sender hears why, and the connection can be used again. */
const READ_ANYWAY_BYTES = 8 * 1024 * 1024

const isLengthKnown = (headers: Headers) => headers.has('content-length') && !headers.has('transfer-encoding')

/** Reads a body and keeps it while it is within the limit; undefined when it is longer. */
async function readWithin(body: ReadableStream<Uint8Array>, bytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size <= bytes) chunks.push(chunk)
    if (size > READ_ANYWAY_BYTES) break
  }
  return size > bytes ? undefined : Buffer.concat(chunks)
}

/** Refuses a longer body, whether its length was named before or not. */
export const bodyWithin = (bytes: number) =>
  createMiddleware<HouseEnv>(async (c, next) => {
    const { raw } = c.req
    // The body is not asked for without need: that alone makes the listener build a whole request, a tenth of a read's cost.
    const isShort = isLengthKnown(raw.headers) ? Number(raw.headers.get('content-length')) <= bytes : !raw.headers.has('transfer-encoding')
    if (!isShort && raw.body) {
      const body = await readWithin(raw.body, bytes)
      if (!body) throw new Refusal('too-large')
      c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body: body.length > 0 ? Buffer.from(body) : null })
    }
    await next()
  })

/** Refuses a body that is not UTF-8: read as if it were, it would be altered and get a good answer. */
export const utf8Only = createMiddleware<HouseEnv>(async (c, next) => {
  const hasBody = c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? '0') > 0
  if (hasBody) {
    const bytes = await c.req.arrayBuffer()
    if (!isUtf8(bytes)) throw new Refusal('bad-request', 'Send the JSON as UTF-8')
    // Decoded once, for whoever reads it after.
    Object.assign(c.req.bodyCache, { text: Promise.resolve(new TextDecoder().decode(bytes)) })
  }
  await next()
})
