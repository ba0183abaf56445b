/** Sign-in as a browser does it, through next-auth's own endpoints. */
import { ask, type Reply } from './ask.ts'
import type { House } from './house.ts'

/** The cookies of one browser, by name. */
export type Jar = Map<string, string>

const keep = (jar: Jar, reply: Reply) => {
  for (const cookie of reply.headers['set-cookie'] ?? []) {
    const [pair = ''] = cookie.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) jar.delete(name)
    else jar.set(name, value)
  }
  return reply
}

export const cookieHeader = (jar: Jar) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

async function post(house: House, jar: Jar, action: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
  const csrf = keep(jar, await ask(house, 'GET', '/api/auth/csrf', { headers: { cookie: cookieHeader(jar) } }))
  const body = new URLSearchParams({ csrfToken: String(csrf.body.csrfToken), json: 'true', ...fields }).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  return keep(jar, await ask(house, 'POST', `/api/auth/${action}`, { rawBody: body, key: null, headers: { ...type, cookie: cookieHeader(jar), ...headers } }))
}

/** Tries to sign in; the jar keeps whatever cookies come back. */
export const tryPassword = (house: House, email: string, password: string, jar: Jar = new Map(), headers: Record<string, string> = {}) =>
  post(house, jar, 'callback/credentials', { email, password }, headers)

export const signOutOf = (house: House, jar: Jar) => post(house, jar, 'signout', {})
