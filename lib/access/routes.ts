import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { addressOf } from '#lib/http/admit.ts'
import type { HouseEnv } from '#lib/http/house.ts'
import { Refusal } from '#lib/refusal.ts'
import { answerAuth } from './next-auth.ts'

/** What of next-auth is open. Its own pages stay shut. */
const ACTIONS: Record<string, readonly string[]> = {
  GET: ['csrf', 'session', 'providers'],
  POST: ['callback/credentials', 'signout'],
}

/** `/api/auth/*`: next-auth's own endpoints. */
export const authRoutes = new Hono<HouseEnv>().all('/*', async (c) => {
  const path = c.req.path.replace(/^\/api\/auth\//, '')
  if (!ACTIONS[c.req.method]?.includes(path)) throw new Refusal('not-found')
  const answer = await answerAuth(c.var.house, {
    method: c.req.method,
    path,
    query: c.req.query(),
    body: c.req.method === 'POST' ? await bodyOf(c.req.header('content-type') ?? '', () => c.req.text()) : {},
    cookies: getCookie(c),
    headers: c.req.header(),
    ip: addressOf(c),
  })
  const response = new Response(answer.body, { status: answer.status })
  for (const [name, value] of answer.headers) response.headers.append(name, value)
  return response
})

async function bodyOf(type: string, text: () => Promise<string>): Promise<Record<string, string>> {
  const body = await text()
  if (!type.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body))
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)])) : {}
  } catch {
    throw new Refusal('bad-request')
  }
}
