import { isUtf8 } from 'node:buffer'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '#lib/refusal.ts'
import type { HouseEnv } from './house.ts'

/** What the validator reads as JSON. Anything else it takes for an empty object. */
const JSON_TYPE = /^application\/json(;\s*[a-z0-9-]+=[^;]+)*$/i

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
    if (raw.body && !(isLengthKnown(raw.headers) && Number(raw.headers.get('content-length')) <= bytes)) {
      const body = await readWithin(raw.body, bytes)
      if (!body) throw new Refusal('too-large')
      c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body: body.length > 0 ? Buffer.from(body) : null })
    }
    await next()
  })

/** Refuses a body that does not say it is JSON, which would count as empty, or is not UTF-8, which would be altered: neither may end in a good answer. */
export const jsonOnly = createMiddleware<HouseEnv>(async (c, next) => {
  const hasBody = c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? '0') > 0
  if (hasBody) {
    if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) throw new Refusal('bad-request', 'Send JSON, with the content type application/json')
    if (!isUtf8(await c.req.arrayBuffer())) throw new Refusal('bad-request', 'Send the JSON as UTF-8')
  }
  await next()
})
