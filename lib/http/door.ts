import { createHash } from 'node:crypto'
import type { RouteConfig, z } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { JSONParsed } from 'hono/utils/types'
import type { Reader, Tx } from '#db/client.ts'
import { claimKey, findKey, keepAnswer } from '#db/queries/idempotency.ts'
import type { Actor } from '#lib/access/actor.ts'
import { Refusal } from '#lib/refusal.ts'
import { retried } from './database-errors.ts'
import type { HouseEnv } from './house.ts'

type DoorContext = Context<HouseEnv, string, object>
type Answer = { status: number; body: unknown; etag: string | null; isNew?: boolean }

/** The declared output of a route at a status. */
type Output<R extends RouteConfig, S extends ContentfulStatusCode> = R['responses'][S] extends { content: { 'application/json': { schema: infer T } } }
  ? T extends z.ZodType
    ? T
    : never
  : never

type Replied<R extends RouteConfig, S extends ContentfulStatusCode> = Response & TypedResponse<JSONParsed<z.output<Output<R, S>>>, S, 'json'>

/**
 * Reads through the door: the verb runs on the pool without a transaction of its own, and only what the route declares goes out.
 */
export async function read<R extends RouteConfig>(
  c: DoorContext,
  route: R,
  verb: (db: Reader, actor: Actor) => Promise<z.input<Output<R, 200>>>,
): Promise<Replied<R, 200>> {
  const body = await verb(c.var.house.database.db, c.var.actor)
  return reply(c, { status: 200, body: schemaOf(route, 200).parse(body), etag: etagOf(body) }) as Replied<R, 200>
}

/**
 * Writes through the door, in one transaction: the idempotency row, the verb, the kept answer, commit.
 * A known key replays its answer before anything else is compared; the same key with another request is refused.
 */
export async function write<R extends RouteConfig, S extends ContentfulStatusCode>(
  c: DoorContext,
  route: R,
  status: S,
  verb: (tx: Tx, actor: Actor) => Promise<z.input<Output<R, S>>>,
): Promise<Replied<R, S>> {
  const { house, actor } = c.var
  const key = c.req.header('idempotency-key')
  if (!key) throw new Refusal('key-missing')
  const requestHash = await hashRequest(c)
  const answer = await retried(() =>
    house.database.transact({
      opening: (tx) => claimKey(tx, actor.id, key, requestHash),
      work: async (tx, isNew): Promise<Answer> => {
        if (!isNew) return replay(await findKey(tx, actor.id, key), requestHash)
        const made = await verb(tx, actor)
        return { status, body: schemaOf(route, status).parse(made), etag: etagOf(made), isNew }
      },
      closing: (tx, made) => (made.isNew ? keepAnswer(tx, actor.id, key, made) : undefined),
    }),
  )
  return reply(c, answer) as Replied<R, S>
}

/** Writes through the door for somebody who is not signed in: one transaction, and no key, since a key belongs to a person. */
export async function answerOpen<R extends RouteConfig, S extends ContentfulStatusCode>(
  c: DoorContext,
  route: R,
  status: S,
  verb: (tx: Tx) => Promise<z.input<Output<R, S>>>,
): Promise<Replied<R, S>> {
  const made = await retried(() => c.var.house.database.transact({ opening: async () => undefined, work: verb }))
  return reply(c, { status, body: schemaOf(route, status).parse(made), etag: null }) as Replied<R, S>
}

function replay(kept: Awaited<ReturnType<typeof findKey>>, requestHash: string): Answer {
  if (!kept || kept.status === null) throw new Refusal('key-running')
  if (kept.requestHash !== requestHash) throw new Refusal('key-reused')
  return { status: kept.status, body: kept.answer, etag: kept.etag }
}

async function hashRequest(c: DoorContext): Promise<string> {
  const hasBody = c.req.header('content-length') !== undefined || c.req.header('transfer-encoding') !== undefined
  return createHash('sha256')
    .update(`${c.req.method} ${c.req.path}\n`)
    .update(hasBody ? await c.req.text() : '')
    .digest('hex')
}

function schemaOf(route: RouteConfig, status: number): z.ZodType {
  const response = route.responses[status]
  const content = response && 'content' in response ? response.content?.['application/json'] : undefined
  if (!content || !('schema' in content)) throw new Error(`${route.method} ${route.path} declares no JSON for ${status}`)
  return content.schema as z.ZodType
}

function etagOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number' ? `"${body.version}"` : null
}

function reply(c: DoorContext, answer: Answer): Response {
  if (answer.etag) c.header('ETag', answer.etag)
  return c.json(answer.body as object, answer.status as ContentfulStatusCode)
}

/** Milliseconds between composing a request and sending it, for one that was tried before: no part of what its key stands for. At most 12 hours. */
export function delayOf(c: DoorContext): number {
  const delay = Number(c.req.header('callside-delay') ?? '0')
  return Number.isFinite(delay) ? Math.min(Math.max(0, Math.round(delay)), 43_200_000) : 0
}

/** An input with the time since it happened, its delay on the desk included. */
export function withDelay<T extends { agoMs: number }>(c: DoorContext, input: T): T {
  return { ...input, agoMs: input.agoMs + delayOf(c) }
}

/** The version an If-Match names: `"3"` or `3`. Refuses its absence with 428. */
export function versionOf(c: DoorContext): number {
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(c.req.header('if-match') ?? '')
  if (!match?.[1]) throw new Refusal('version-missing')
  return Number(match[1])
}
