import { ask } from '../support/ask.ts'
import { deskOf } from '../support/desk.ts'
import { disablePerson, makePerson, makeTeam, PASSWORD, signIn } from '../support/people.ts'
import { dump } from '../support/rows.ts'
import { cookieHeader, type Jar, signOutOf, tryPassword } from '../support/sign-in.ts'
import { expect, type House, test } from '../support/test.ts'

const SESSION = 'callside.session'
const DEVICE = 'callside.device'

const statusOf = async (house: House, jar: Jar) => (await ask(house, 'GET', '/api/v1/me', { as: { cookie: cookieHeader(jar) } })).status

const refusals = async (house: House, personId: string) =>
  (await house.pool.query("SELECT 1 FROM audit_events WHERE kind = 'session.refused' AND subject_id = $1", [personId])).rows.length

test('the right password opens a session, under a cookie that scripts and other sites do not get', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const jar: Jar = new Map()
  const reply = await tryPassword(house, `  ${person.email.toUpperCase()} `, PASSWORD, jar)
  expect(reply.status, reply.text).toBe(200)
  expect(await statusOf(house, jar)).toBe(200)
  const cookies = reply.headers['set-cookie'] ?? []
  for (const name of [SESSION, DEVICE]) {
    const cookie = cookies.find((each) => each.startsWith(`${name}=`)) ?? ''
    expect(cookie, name).toMatch(/; Path=\/(;|$)/)
    expect(cookie, name).toMatch(/; HttpOnly(;|$)/i)
    expect(cookie, name).toMatch(/; SameSite=Strict(;|$)/i)
    expect(cookie, name).not.toMatch(/; Domain=/i)
    expect(jar.get(name), '256 bits, and nothing that can be read in them').toMatch(/^[\w-]{43}$/)
  }
})

test('behind https every cookie is bound to the host and to https', async ({ openHouse }) => {
  const house = await openHouse({ origin: 'https://desk.example.org' })
  const person = await makePerson(house, 'Ama')
  const jar: Jar = new Map()
  const reply = await tryPassword(house, person.email, PASSWORD, jar)
  expect([...jar.keys()].sort()).toEqual(['__Host-callside.callback', '__Host-callside.csrf', '__Host-callside.device', '__Host-callside.session'])
  for (const cookie of reply.headers['set-cookie'] ?? []) expect(cookie).toMatch(/; Secure(;|$)/i)
  expect(await statusOf(house, jar)).toBe(200)
  expect(reply.headers['strict-transport-security']).toMatch(/max-age=(\d{8,}); includeSubDomains/)
})

test('passwords are kept as argon2id above the floor of the OWASP sheet', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const { rows } = await house.pool.query<{ password_hash: string }>('SELECT password_hash FROM people WHERE id = $1', [person.id])
  expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
})

test('unknown, disabled and wrong answer alike, to the header', async ({ house }) => {
  const active = await makePerson(house, 'Ama')
  const disabled = await makePerson(house, 'Ben')
  await disablePerson(house, disabled)
  const alike = async (email: string, password: string) => {
    const { status, headers, text } = await tryPassword(house, email, password)
    const { date: _, 'x-request-id': __, 'set-cookie': cookies, 'content-security-policy': ___, ...rest } = headers
    return { status, text, rest, cookies: cookies?.map((cookie) => cookie.split('=')[0]) }
  }
  const wrong = await alike(active.email, 'not the password at all')
  expect(wrong.status).toBe(401)
  expect(wrong.cookies ?? []).not.toContain(SESSION)
  expect(await alike(disabled.email, PASSWORD)).toEqual(wrong)
  expect(await alike(disabled.email, 'not the password at all')).toEqual(wrong)
  expect(await alike('nobody@callside.example', PASSWORD)).toEqual(wrong)
})

test('an unusable email or password is a wrong one, and tells nothing of what is behind', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const tries: [string, string][] = [
    ['', PASSWORD],
    [person.email, ''],
    ['a\u0000b@callside.example', PASSWORD],
    [person.email, 'with \u0000 in it'],
    ['x'.repeat(50_000), PASSWORD],
    [person.email, 'y'.repeat(50_000)],
    ["' OR 1=1 --", "' OR 1=1 --"],
  ]
  for (const [email, password] of tries) {
    const reply = await tryPassword(house, email, password)
    expect(reply.status, `${email.slice(0, 40)} / ${password.slice(0, 20)}: ${reply.text}`).toBe(401)
    expect(reply.text).not.toMatch(/query|select|utf8|callside_/i)
  }
})

test('a sign-in without next-auth’s own token, or with another’s, opens nothing', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const csrf = await ask(house, 'GET', '/api/auth/csrf')
  const fields = { email: person.email, password: PASSWORD, json: 'true' }
  for (const body of [fields, { ...fields, csrfToken: 'x' }, { ...fields, csrfToken: String(csrf.body.csrfToken) }]) {
    const reply = await ask(house, 'POST', '/api/auth/callback/credentials', { body })
    expect((reply.headers['set-cookie'] ?? []).join()).not.toContain(SESSION)
  }
  const { rows } = await house.pool.query('SELECT 1 FROM sessions WHERE person_id = $1', [person.id])
  expect(rows).toHaveLength(0)
})

test('sixty parallel wrong tries get ten passwords looked at, and then a time to wait', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const replies = await Promise.all(
    Array.from({ length: 60 }, (_, index) => tryPassword(house, person.email, `guess ${index}`, new Map(), { 'x-forwarded-for': `192.0.2.${index}` })),
  )
  expect(await refusals(house, person.id)).toBe(10)
  const waiting = replies.filter((reply) => reply.status === 429)
  expect(waiting).toHaveLength(50)
  for (const reply of waiting) {
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(300)
  }
  expect((await tryPassword(house, person.email, PASSWORD)).status, 'even the right one waits, from a browser nobody knows').toBe(429)
  expect((await tryPassword(house, person.email.toUpperCase(), PASSWORD)).status, 'in capitals too').toBe(429)
})

test('guessing at an account does not lock its person out of a browser they have used', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const own: Jar = new Map()
  expect((await tryPassword(house, person.email, PASSWORD, own)).status).toBe(200)
  await signOutOf(house, own)
  expect([...own.keys()]).toContain(DEVICE)
  await Promise.all(Array.from({ length: 20 }, () => tryPassword(house, person.email, 'a guess')))
  expect((await tryPassword(house, person.email, PASSWORD, new Map([[DEVICE, 'made-up-device-token']]))).status).toBe(429)
  expect((await tryPassword(house, person.email, PASSWORD, own)).status).toBe(200)
  expect(await statusOf(house, own)).toBe(200)
})

test('a known browser has ten tries of its own and no more, and is known for its own person only', async ({ house }) => {
  const [ama, ben] = [await makePerson(house, 'Ama'), await makePerson(house, 'Ben')]
  const device: Jar = new Map()
  await tryPassword(house, ama.email, PASSWORD, device)
  const known = () => new Map([[DEVICE, device.get(DEVICE) ?? '']])
  await Promise.all(Array.from({ length: 30 }, () => tryPassword(house, ama.email, 'a guess', known())))
  expect(await refusals(house, ama.id)).toBe(10)
  expect((await tryPassword(house, ama.email, PASSWORD, known())).status).toBe(429)
  expect((await tryPassword(house, ama.email, PASSWORD)).status, 'another browser has the account’s own tries').toBe(200)
  await Promise.all(Array.from({ length: 15 }, () => tryPassword(house, ben.email, 'a guess')))
  expect((await tryPassword(house, ben.email, PASSWORD, known())).status, 'Ama’s browser is a stranger to Ben’s account').toBe(429)
})

test('the window of tries ends by the database’s clock', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  await Promise.all(Array.from({ length: 12 }, () => tryPassword(house, person.email, 'a guess')))
  expect((await tryPassword(house, person.email, PASSWORD)).status).toBe(429)
  await house.pool.query("UPDATE sign_in_tries SET window_started_at = now() - interval '299 seconds'")
  expect((await tryPassword(house, person.email, PASSWORD)).status).toBe(429)
  await house.pool.query("UPDATE sign_in_tries SET window_started_at = now() - interval '301 seconds'")
  expect((await tryPassword(house, person.email, PASSWORD)).status).toBe(200)
})

test('each sign-in has a new token, and ends the session that this browser held', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const jar: Jar = new Map()
  await tryPassword(house, person.email, PASSWORD, jar)
  const first = new Map(jar)
  await tryPassword(house, person.email, PASSWORD, jar)
  expect(jar.get(SESSION)).not.toBe(first.get(SESSION))
  expect(await statusOf(house, jar)).toBe(200)
  expect(await statusOf(house, first)).toBe(401)
  const elsewhere: Jar = new Map()
  await tryPassword(house, person.email, PASSWORD, elsewhere)
  expect(await statusOf(house, jar), 'a sign-in on another device ends nothing here').toBe(200)
})

test('a token that the browser brought along is never taken over', async ({ house }) => {
  const person = await makePerson(house, 'Ama')
  const planted = 'A'.repeat(43)
  const jar: Jar = new Map([[SESSION, planted]])
  await tryPassword(house, person.email, PASSWORD, jar)
  expect(jar.get(SESSION)).not.toBe(planted)
  expect(await statusOf(house, new Map([[SESSION, planted]]))).toBe(401)
})

test('next-auth’s own session answer is empty for a cookie that stands for nothing, and keeps no session alive', async ({ house }) => {
  const person = await makePerson(house, 'Ama', { team: await makeTeam(house, 'North') })
  const session = await signIn(house, person)
  const read = async () => (await ask(house, 'GET', '/api/auth/session', { as: session })).body
  await house.pool.query("UPDATE sessions SET last_seen_at = now() - interval '14 minutes' WHERE id = $1", [session.sessionId])
  expect(Object.keys(await read())).toEqual(['expires'])
  const seen = await house.pool.query<{ idle: boolean }>("SELECT last_seen_at < now() - interval '13 minutes' AS idle FROM sessions WHERE id = $1", [
    session.sessionId,
  ])
  expect(seen.rows[0]?.idle).toBe(true)
  await house.pool.query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [session.sessionId])
  expect(await read()).toEqual({})
})

test('no token and no password is in the database in clear', async ({ openHouse }) => {
  const house = await openHouse()
  const person = await makePerson(house, 'Ama', { team: await makeTeam(house, 'North') })
  const jar: Jar = new Map()
  await tryPassword(house, person.email, PASSWORD, jar)
  await tryPassword(house, person.email, 'a wrong one that nobody uses')
  await deskOf(house, { cookie: cookieHeader(jar) }).start()
  const everything = await dump(house.pool)
  expect(everything).toContain(person.email)
  for (const secret of [...jar.values()].map((value) => value.split('%7C')[0] ?? value)) expect(everything).not.toContain(secret)
  for (const secret of [PASSWORD, 'a wrong one that nobody uses', house.config.authSecret, house.config.dataKey]) expect(everything).not.toContain(secret)
})
