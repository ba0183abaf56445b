import type { Role } from '#lib/access/roles.ts'
import { ask, good, refused } from '../support/ask.ts'
import { clearLive, deskOf, endedSchema } from '../support/desk.ts'
import { ENDPOINTS, makeWorld } from '../support/endpoints.ts'
import { makeCast, makeSignedOut } from '../support/identities.ts'
import { ageSession, arrive, disablePerson, makeTeam, type SignedIn, signIn } from '../support/people.ts'
import { openStream } from '../support/streams.ts'
import { expect, type House, test } from '../support/test.ts'

const statusOf = async (house: House, as: SignedIn, headers: Record<string, string> = {}) => (await ask(house, 'GET', '/api/v1/me', { as, headers })).status

async function idleMinutes(house: House, session: SignedIn): Promise<number> {
  const { rows } = await house.pool.query<{ idle: number }>(
    'SELECT (extract(epoch from now() - last_seen_at) / 60)::float8 AS idle FROM sessions WHERE id = $1',
    [session.sessionId],
  )
  return rows[0]?.idle ?? Number.NaN
}

test('a copy of the cookie is dead on every endpoint once its owner has signed out', async ({ house }) => {
  const cast = await makeCast(house)
  const world = await makeWorld(house, cast)
  expect(await statusOf(house, cast.agent)).toBe(200)
  const copy = await makeSignedOut(house, cast.agent)
  for (const endpoint of ENDPOINTS.filter((each) => each.template !== '/set-up')) {
    const { path, ...asking } = endpoint.asking(world)
    refused(await ask(house, endpoint.method, path, { as: copy, ...asking }), 401, 'not-signed-in')
  }
  expect((await ask(house, 'GET', '/api/v1/live', { as: copy })).status).toBe(401)
  expect((await ask(house, 'GET', '/api/auth/session', { as: copy })).body).toEqual({})
})

test('signing out on one device leaves the other signed in', async ({ house }) => {
  const here = await arrive(house, 'Ama')
  const there = await signIn(house, here)
  await makeSignedOut(house, here)
  expect(await statusOf(house, here)).toBe(401)
  expect(await statusOf(house, there)).toBe(200)
})

test('"end my other sessions" ends the person’s others, and nobody else’s', async ({ house }) => {
  const here = await arrive(house, 'Ama')
  const others = [await signIn(house, here), await signIn(house, here)]
  const ben = await arrive(house, 'Ben')
  expect(good(await ask(house, 'POST', '/api/v1/me/end-other-sessions', { as: here }), 200, endedSchema).ended).toBe(2)
  for (const other of others) expect(await statusOf(house, other)).toBe(401)
  expect(await statusOf(house, here)).toBe(200)
  expect(await statusOf(house, ben)).toBe(200)
  expect(good(await ask(house, 'POST', '/api/v1/me/end-other-sessions', { as: here }), 200, endedSchema).ended).toBe(0)
})

test('a disabled person is refused at their next request, in the middle of a call too', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const call = await deskOf(house, agent).start()
  await disablePerson(house, agent)
  refused(await ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, body: { notes: 'x' }, ifMatch: 1 }), 401, 'not-signed-in')
  expect(await statusOf(house, agent)).toBe(401)
})

test('a role that was taken away, or given, counts from the next request', async ({ house }) => {
  const team = await makeTeam(house, 'North')
  const person = await arrive(house, 'Sunita', { team, roles: ['supervisor'] })
  const agent = await arrive(house, 'Ama', { team })
  const call = await deskOf(house, agent).start()
  const read = async () => (await ask(house, 'GET', `/api/v1/calls/${call.id}`, { as: person })).status
  const become = (role: Role) => house.pool.query('UPDATE person_roles SET role = $2 WHERE person_id = $1', [person.id, role])
  expect(await read()).toBe(200)
  await become('agent')
  expect(await read()).toBe(404)
  await become('clinician')
  expect(await read()).toBe(403)
  await become('supervisor')
  expect(await read()).toBe(200)
})

test('an open stream ends within seconds of its session, however it ended and however busy the stream is', async ({ house }) => {
  const team = await makeTeam(house, 'North')
  const agent = await arrive(house, 'Ama', { team })
  const [disabled, signedOut, ended, idle, busy] = await Promise.all(
    ['Dee', 'Sol', 'Una', 'Ida', 'Bea'].map((name) => arrive(house, name, { team, roles: ['supervisor'] })),
  )
  if (!disabled || !signedOut || !ended || !idle || !busy) throw new Error('somebody did not arrive')
  const streams = await Promise.all([disabled, signedOut, ended, idle, busy].map((each) => openStream(house, each)))
  const control = await openStream(house, agent)
  const since = performance.now()
  await disablePerson(house, disabled)
  await makeSignedOut(house, signedOut)
  await ask(house, 'POST', '/api/v1/me/end-other-sessions', { as: await signIn(house, ended) })
  await ageSession(house, idle, { seenMinutes: 16 })
  await disablePerson(house, busy)
  // The team never rests: there is always something to tell.
  const desk = deskOf(house, agent)
  const call = await desk.start()
  let areOpen = true
  const noise = (async () => {
    for (let isHeld = false; areOpen; isHeld = !isHeld) await desk.act(call, isHeld ? 'resume' : 'hold')
  })()
  await Promise.all(streams.map((stream) => stream.ended))
  areOpen = false
  await noise
  expect((performance.now() - since) / 1000).toBeLessThan(10)
  expect(control.response.destroyed, 'a stream whose session stands goes on').toBe(false)
  control.close()
})

const LIMITS: { roles: Role[]; idle: number; absolute: number }[] = [
  { roles: ['agent'], idle: 15, absolute: 600 },
  { roles: ['supervisor'], idle: 15, absolute: 480 },
  { roles: ['author'], idle: 15, absolute: 480 },
  { roles: ['clinician'], idle: 15, absolute: 480 },
  { roles: ['dpo'], idle: 10, absolute: 480 },
  { roles: ['admin'], idle: 10, absolute: 480 },
  { roles: ['agent', 'admin'], idle: 10, absolute: 480 },
]

for (const { roles, idle, absolute } of LIMITS)
  test(`a session of ${roles.join(' and ')} ends after ${idle} idle minutes and after ${absolute / 60} hours in all`, async ({ house }) => {
    const person = await arrive(house, 'Ama', { roles })
    const after = async (ago: { createdMinutes?: number; seenMinutes?: number }) => {
      const session = await signIn(house, person)
      await ageSession(house, session, ago)
      return statusOf(house, session)
    }
    expect(await after({ seenMinutes: idle - 0.1 })).toBe(200)
    expect(await after({ seenMinutes: idle + 0.1 })).toBe(401)
    expect(await after({ createdMinutes: absolute - 0.1 })).toBe(200)
    expect(await after({ createdMinutes: absolute + 0.1 })).toBe(401)
  })

test('a live call keeps its agent’s session, and with the call’s end the absolute end comes', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  await house.pool.query("UPDATE calls SET started_at = now() - interval '3 hours' WHERE id = $1", [call.id])
  await ageSession(house, agent, { createdMinutes: 700, seenMinutes: 40 })
  await desk.change(call, { notes: 'typed after eleven hours' })
  await desk.act(call, 'hold')
  await ageSession(house, agent, { seenMinutes: 40 })
  expect(await statusOf(house, agent)).toBe(200)
  await desk.act(call, 'end')
  expect(await statusOf(house, agent)).toBe(401)
})

test('somebody else’s live call keeps nobody’s session', async ({ house }) => {
  const team = await makeTeam(house, 'North')
  const supervisor = await arrive(house, 'Sunita', { team, roles: ['supervisor'] })
  const agent = await arrive(house, 'Ama', { team })
  await deskOf(house, agent).start()
  await ageSession(house, supervisor, { seenMinutes: 16 })
  expect(await statusOf(house, supervisor)).toBe(401)
  await clearLive(house, agent)
  await ageSession(house, agent, { seenMinutes: 16 })
  expect(await statusOf(house, agent)).toBe(401)
})

test('what a person does is activity; a background request and a stream are none', async ({ house }) => {
  const person = await arrive(house, 'Ama')
  await ageSession(house, person, { seenMinutes: 5 })
  expect(await statusOf(house, person, { 'callside-background': '1' })).toBe(200)
  expect(await idleMinutes(house, person)).toBeGreaterThan(4.9)
  const stream = await openStream(house, person)
  await stream.until((event) => event.event === 'still')
  stream.close()
  expect(await idleMinutes(house, person)).toBeGreaterThan(4.9)
  expect(await statusOf(house, person)).toBe(200)
  expect(await idleMinutes(house, person)).toBeLessThan(1)
})

test('a refused request of a dead session does not bring it back', async ({ house }) => {
  const person = await arrive(house, 'Ama')
  await ageSession(house, person, { seenMinutes: 16 })
  expect(await statusOf(house, person)).toBe(401)
  expect(await idleMinutes(house, person)).toBeGreaterThan(15)
  expect(await statusOf(house, person)).toBe(401)
})

test('a session that had ended is not brought back by a call that its person starts elsewhere', async ({ house }) => {
  const left = await arrive(house, 'Ama')
  await ageSession(house, left, { seenMinutes: 16 })
  const here = await signIn(house, left)
  const call = await deskOf(house, here).start()
  expect(await statusOf(house, left)).toBe(401)
  await house.pool.query("UPDATE calls SET started_at = now() - interval '1 hour' WHERE id = $1", [call.id])
  await ageSession(house, left, { seenMinutes: 58 })
  expect(await statusOf(house, left), 'it was 14 minutes idle when the call began an hour ago').toBe(200)
})
