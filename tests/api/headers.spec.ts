/** What every answer carries, what the log never holds, and how the process says that it lives. */
import { ask, type Reply, send } from '../support/ask.ts'
import { deskOf } from '../support/desk.ts'
import { ENDPOINTS, makeWorld } from '../support/endpoints.ts'
import { makeCast } from '../support/identities.ts'
import { arrive, makePerson, PASSWORD } from '../support/people.ts'
import { tryPassword } from '../support/sign-in.ts'
import { expect, test } from '../support/test.ts'

function expectHeaders({ headers }: Pick<Reply, 'headers'>, of: string) {
  expect(headers, of).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  })
  expect(headers['permissions-policy'], of).toContain('microphone=()')
  expect(headers['x-request-id'], of).toMatch(/^[\w-]+$/)
  const policy = String(headers['content-security-policy'])
  for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
    expect(policy, of).toContain(part)
  expect(policy, of).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/)
  expect(
    Object.keys(headers).filter((name) => name.startsWith('access-control-') || name === 'x-powered-by' || name === 'server'),
    of,
  ).toEqual([])
}

test('every answer carries the headers: good, refused, unknown and broken', async ({ house }) => {
  const world = await makeWorld(house, await makeCast(house))
  for (const endpoint of ENDPOINTS)
    for (const as of [world.cast.agent, world.cast.dpo, undefined]) {
      const { path, ...asking } = endpoint.asking(world)
      expectHeaders(await ask(house, endpoint.method, path, { as, ...asking }), `${endpoint.method} ${path}`)
    }
  for (const path of [
    '/api/v1/no-such-door',
    '/api/v1/openapi.json',
    '/api/auth/csrf',
    '/api/auth/session',
    '/api/auth/signin',
    '/api/health/live',
    '/api/health/ready',
    '/api/',
  ])
    expectHeaders(await ask(house, 'GET', path, { as: world.cast.agent }), path)
  expectHeaders(
    await ask(house, 'POST', '/api/v1/calls', { as: world.cast.agent, rawBody: '{', headers: { 'content-type': 'application/json' } }),
    'broken JSON',
  )
  expectHeaders(await ask(house, 'POST', '/api/v1/calls', { as: world.cast.agent, body: { id: 'x'.repeat(600_000) } }), 'too long')
})

test('each answer has a nonce of its own, and none that the request brought', async ({ house }) => {
  const nonceOf = async (headers: Record<string, string> = {}) =>
    /'nonce-([^']+)'/.exec(String((await ask(house, 'GET', '/api/health/live', { headers })).headers['content-security-policy']))?.[1]
  const forged = { 'content-security-policy': "script-src 'nonce-mine'", 'x-nonce': 'mine' }
  const nonces = [await nonceOf(), await nonceOf(), await nonceOf(forged)]
  expect(new Set(nonces).size).toBe(3)
  expect(nonces).not.toContain('mine')
})

test('no other site is let in: a preflight gets nothing it could use', async ({ house }) => {
  const reply = await ask(house, 'OPTIONS', '/api/v1/calls', {
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'idempotency-key' },
  })
  expect(reply.status).toBe(403)
  expectHeaders(reply, 'preflight')
})

test('a request id that came along is kept, as far as it can be one', async ({ house }) => {
  const id = async (given: string) => (await ask(house, 'GET', '/api/health/live', { headers: { 'x-request-id': given } })).headers['x-request-id']
  expect(await id('proxy-4711')).toBe('proxy-4711')
  expect(String(await id('x'.repeat(500))).length).toBeLessThanOrEqual(64)
})

test('the process says that it lives, and whether its database does', async ({ openHouse }) => {
  const house = await openHouse()
  const health = async (kind: string) => {
    const { status, body } = await ask(house, 'GET', `/api/health/${kind}`)
    return { status, ...body }
  }
  expect(await health('live')).toEqual({ status: 'live' })
  expect((await ask(house, 'GET', '/api/health/ready')).status).toBe(200)

  await house.pool.query(`ALTER DATABASE ${new URL(house.config.databaseUrl).pathname.slice(1)} CONNECTION LIMIT 0`)
  await house.pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'callside'")
  await expect.poll(async () => (await ask(house, 'GET', '/api/health/ready')).status).toBe(503)
  expect((await ask(house, 'GET', '/api/health/live')).status).toBe(200)
})

test('an upgrade to another protocol is cut', async ({ house }) => {
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' }
  await expect(send(house, 'GET', '/api/v1/live', { headers: upgrade })).rejects.toThrow(/hang up|ECONNRESET/)
})

test('the log of a whole run holds no note, password, cookie, key, place, number or query', async ({ openHouse }) => {
  const house = await openHouse()
  const canary = 'Zebedee'
  const agent = await arrive(house, 'Ama')
  const person = await makePerson(house, 'Ben')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  await desk.change(call, { notes: canary })
  await desk.record(call, 'paused', canary)
  await desk.settle(await desk.escalate(call), { location: canary, callbackNumber: canary, reason: canary, outcome: 'opened-in-error', outcomeReason: canary })
  await tryPassword(house, person.email, canary)
  await tryPassword(house, `${canary}@callside.example`, canary)
  await tryPassword(house, person.email, PASSWORD)
  for (const path of [
    `/guidance/search?q=${canary}`,
    `/calls?disposition=${canary}`,
    `/calls?cursor=${canary}`,
    `/no-such-door?q=${canary}`,
    `/guidance/topics/${canary}`,
  ])
    await ask(house, 'GET', `/api/v1${path}`, { as: agent })
  await ask(house, 'PATCH', `/api/v1/calls/${call.id}`, {
    as: agent,
    rawBody: `{"notes": "${canary}`,
    headers: { 'content-type': 'application/json' },
    ifMatch: 2,
  })

  // Now with the database refusing in the middle of it, so that something is logged.
  await house.pool.query('REVOKE INSERT ON audit_events FROM callside_app')
  await ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, body: { notes: `${canary} ${canary}`, caller: 'self' }, ifMatch: 2 })
  await ask(house, 'POST', `/api/v1/calls/${call.id}/escalations`, { as: agent, body: { reason: canary } })
  await tryPassword(house, person.email, canary)
  await tryPassword(house, person.email, PASSWORD)
  await ask(house, 'GET', `/api/v1/guidance/search?q=${canary}`, { as: agent })

  await expect.poll(() => house.log()).toContain('"level":50')
  const log = house.log()
  const secrets = [
    canary,
    PASSWORD,
    agent.token,
    agent.cookie,
    house.config.authSecret,
    house.config.dataKey,
    new URL(house.config.databaseUrl).password,
    person.email,
    '?q=',
    'insert into',
    'params',
  ]
  for (const secret of secrets) expect(log).not.toContain(secret)
  for (const line of log.trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow()
})
