/** Requests to a house as they are: nothing is normalised, so a test can send what no browser would. */
import { randomUUID } from 'node:crypto'
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { expect } from 'playwright/test'
import type { z } from 'zod'
import type { House } from './house.ts'
import type { Visitor } from './people.ts'

export type Asking = {
  /** Nobody when absent. */
  as?: Visitor | undefined
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it stands, with the content type of `headers`. */
  rawBody?: string | Buffer
  /** Sent one after the other, with no length named before. */
  chunks?: string[]
  /** A fresh one for each write unless given; `null` sends none. */
  key?: string | null
  ifMatch?: number | string
  headers?: Record<string, string>
}

export type Reply = { status: number; headers: IncomingHttpHeaders; text: string; body: Record<string, unknown> }

const connections = new Agent({ keepAlive: true, maxSockets: 64 })

export const newKey = () => randomUUID()

function headersOf(method: string, asking: Asking): Record<string, string> {
  const isWrite = method === 'POST' || method === 'PATCH'
  const key = asking.key === undefined && isWrite ? newKey() : asking.key
  return {
    ...(asking.as ? { cookie: asking.as.cookie } : {}),
    ...(asking.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key ? { 'idempotency-key': key } : {}),
    ...(asking.ifMatch === undefined ? {} : { 'if-match': typeof asking.ifMatch === 'number' ? `"${asking.ifMatch}"` : asking.ifMatch }),
    ...asking.headers,
  }
}

/** Sends and waits for the head of the answer. */
export function send(house: House, method: string, path: string, asking: Asking = {}): Promise<IncomingMessage> {
  const body = asking.rawBody ?? (asking.body === undefined ? undefined : JSON.stringify(asking.body))
  return new Promise((resolve, reject) => {
    const headers = { ...headersOf(method, asking), ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }
    const asked = request({ host: '127.0.0.1', port: house.config.port, agent: connections, method, path, headers }, resolve)
    asked.once('error', reject)
    for (const chunk of asking.chunks ?? []) asked.write(chunk)
    asked.end(body)
  })
}

/** Sends and reads the whole answer. `body` is its JSON, or an empty object where it holds none. */
export async function ask(house: House, method: string, path: string, asking: Asking = {}): Promise<Reply> {
  const answer = await send(house, method, path, asking)
  const text = Buffer.concat(await answer.toArray()).toString('utf8')
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, body: jsonOf(text) }
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}

/** The answer's JSON as its schema declares it. Fails on another status, and on anything the schema does not name. */
export function good<T extends z.ZodType>(reply: Reply, status: number, schema: T): z.output<T> {
  expect(reply.status, reply.text).toBe(status)
  const parsed = schema.parse(reply.body)
  expect(reply.body, 'the answer holds what is declared and nothing else').toEqual(parsed)
  return parsed
}

/** The problem document of a refusal, by its short name. */
export function refused(reply: Reply, status: number, problem: string): Record<string, unknown> {
  expect({ status: reply.status, type: reply.body.type }, reply.text).toEqual({ status, type: `/problems/${problem}` })
  expect(reply.headers['content-type']).toBe('application/problem+json')
  expect(reply.body.status).toBe(status)
  return reply.body
}
