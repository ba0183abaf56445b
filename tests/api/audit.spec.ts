/** Each act leaves its audit event in its own transaction, and none can be done without it. */
import { callRecordSchema } from '#lib/calls/schema.ts'
import { ask, good } from '../support/ask.ts'
import { deskOf } from '../support/desk.ts'
import { ENDPOINTS, makeWorld, type World } from '../support/endpoints.ts'
import { makeCast, makeSignedOut } from '../support/identities.ts'
import { arrive, makePerson, makeTeam, PASSWORD } from '../support/people.ts'
import { auditAfter, auditPosition, fingerprint } from '../support/rows.ts'
import { tryPassword } from '../support/sign-in.ts'
import { expect, type House, test } from '../support/test.ts'

/** What each write of the agent leaves, in order. */
const LEFT: Record<string, string[]> = {
  'POST /me/end-other-sessions': ['session.others-ended'],
  'POST /calls': ['call.started'],
  'PATCH /calls/{id}': ['call.noted'],
  'POST /calls/{id}/hold': ['call.hold'],
  'POST /calls/{id}/resume': ['call.resume'],
  'POST /calls/{id}/end': ['call.end'],
  'POST /calls/{id}/finish': ['call.finish'],
  'POST /calls/{id}/recording-events': ['recording.objected'],
  'POST /calls/{id}/consultations': ['trail.opened'],
  'POST /calls/{id}/consultations/{consultationId}/events': ['trail.followed'],
  'POST /calls/{id}/escalations': ['escalation.joined'],
  'PATCH /escalations/{id}': ['escalation.outcome'],
}

const WRITES = ENDPOINTS.filter((endpoint) => endpoint.method !== 'GET' && endpoint.template !== '/set-up')

test('every write endpoint is in the table of what it leaves', () => {
  expect(WRITES.map((endpoint) => `${endpoint.method} ${endpoint.template}`).sort()).toEqual(Object.keys(LEFT).sort())
})

for (const endpoint of WRITES)
  test(`${endpoint.method} ${endpoint.template} leaves its audit event, in the transaction of what it did`, async ({ house }) => {
    const world = await makeWorld(house, await makeCast(house), endpoint)
    const position = await auditPosition(house.pool)
    const { path, ...asking } = endpoint.asking(world)
    const key = `one of a kind ${position} ${Math.random()}`
    expect((await ask(house, endpoint.method, path, { as: world.cast.agent, ...asking, key })).status).toBeLessThan(300)
    const left = await auditAfter(house.pool, position)
    expect(left.map((event) => event.kind)).toEqual(LEFT[`${endpoint.method} ${endpoint.template}`])
    const { rows } = await house.pool.query<{ xmin: string }>('SELECT xmin::text AS xmin FROM idempotency_keys WHERE key = $1', [key])
    for (const event of left) expect(event).toMatchObject({ actor_id: world.cast.agent.id, xmin: rows[0]?.xmin })
    if (endpoint.isAboutCall) for (const event of left) expect(event.call_id).toBe(world.call.id)
    // A replay does nothing, so it leaves nothing.
    await ask(house, endpoint.method, path, { as: world.cast.agent, ...asking, key })
    expect(await auditAfter(house.pool, position)).toHaveLength(left.length)
  })

test('reading another’s call leaves an event each time, and reading one’s own leaves none', async ({ house }) => {
  const { cast, call } = await makeWorld(house, await makeCast(house))
  const position = await auditPosition(house.pool)
  await deskOf(house, cast.agent).get(call.id)
  await deskOf(house, cast.agent).list()
  expect(await auditAfter(house.pool, position)).toEqual([])
  await deskOf(house, cast.supervisor).get(call.id)
  await deskOf(house, cast.supervisor).get(call.id)
  const left = await auditAfter(house.pool, position)
  expect(left.map(({ kind, actor_id, subject_id }) => ({ kind, actor_id, subject_id }))).toEqual(
    Array.from({ length: 2 }, () => ({ kind: 'call.read', actor_id: cast.supervisor.id, subject_id: call.id })),
  )
})

test('signing in, a refused try and signing out leave their events', async ({ house }) => {
  const person = await makePerson(house, 'Ama', { team: await makeTeam(house, 'North') })
  const position = await auditPosition(house.pool)
  const jar = new Map<string, string>()
  await tryPassword(house, person.email, 'not it')
  await tryPassword(house, person.email, PASSWORD, jar)
  await makeSignedOut(house, { ...(await arrive(house, 'Ben')), cookie: `callside.session=${jar.get('callside.session')}` })
  expect((await auditAfter(house.pool, position)).map(({ kind, subject_id }) => ({ kind, subject_id }))).toEqual([
    { kind: 'session.refused', subject_id: person.id },
    { kind: 'session.started', subject_id: person.id },
    { kind: 'session.ended', subject_id: person.id },
  ])
})

test('saves of a note within a minute share one event; a choice has its own', async ({ house }) => {
  const { cast, call } = await makeWorld(house, await makeCast(house))
  const desk = deskOf(house, cast.agent)
  const position = await auditPosition(house.pool)
  let version = call.version
  const save = async (change: object) => {
    version = (await desk.change({ id: call.id, version }, { ...change })).version
  }
  await save({ notes: 'a' })
  await save({ notes: 'ab' })
  await save({ caller: 'self', notes: 'abc' })
  await save({ dispositionCode: 'information' })
  const left = await auditAfter(house.pool, position)
  expect(left.map(({ kind, detail }) => ({ kind, fields: detail.fields }))).toEqual([
    { kind: 'call.noted', fields: 'notes' },
    { kind: 'call.changed', fields: 'caller,notes' },
    { kind: 'call.changed', fields: 'dispositionCode,dispositionLabel' },
  ])
})

test('an event holds ids and codes, and no word that anyone typed', async ({ house }) => {
  const { cast, call, escalation } = await makeWorld(house, await makeCast(house))
  const desk = deskOf(house, cast.agent)
  const canary = 'Zebedee'
  await desk.change(call, { notes: canary })
  await desk.record(call, 'paused', canary)
  await desk.settle(escalation, { location: canary, callbackNumber: canary, reason: canary, reference: canary, outcome: 'we-rang-999', outcomeReason: canary })
  const { rows } = await house.pool.query<{ row: string }>('SELECT e::text AS row FROM audit_events e WHERE call_id = $1', [call.id])
  expect(rows.length).toBeGreaterThan(4)
  for (const { row } of rows) expect(row).not.toContain(canary)
})

async function withoutAudit(house: House): Promise<World> {
  const world = await makeWorld(house, await makeCast(house))
  await house.pool.query('REVOKE INSERT ON audit_events FROM callside_app')
  return world
}

test('when the event cannot be written nothing is done: at every write, at sign-in and at reading another’s call', async ({ openHouse }) => {
  const house = await openHouse()
  const world = await withoutAudit(house)
  const person = await makePerson(house, 'Ben')
  const before = await fingerprint(house.pool)
  const keys = await fingerprint(house.pool, ['idempotency_keys', 'sessions'])
  for (const endpoint of WRITES) {
    const { path, ...asking } = endpoint.asking(world)
    // A call is live, so a start is refused before it gets that far; a second person's is not.
    const as = endpoint.template === '/calls' ? world.cast['second agent'] : world.cast.agent
    const expected = ['/calls/{id}/resume', '/calls/{id}/finish'].includes(endpoint.template) ? 409 : 500
    const reply = await ask(house, endpoint.method, path, { as, ...asking })
    expect(reply.status, `${endpoint.method} ${endpoint.template}: ${reply.text}`).toBe(expected)
    expect(reply.text).not.toMatch(/permission denied|audit_events/)
  }
  const read = await ask(house, 'GET', `/api/v1/calls/${world.call.id}`, { as: world.cast.supervisor })
  expect(read.status).toBe(500)
  expect(read.text).not.toContain(world.call.reference)
  const signedIn = await tryPassword(house, person.email, PASSWORD)
  expect(signedIn.status).toBe(500)
  expect((signedIn.headers['set-cookie'] ?? []).join()).not.toContain('callside.session')
  expect(signedIn.text).not.toMatch(/permission denied|audit_events|insert into/i)
  expect(await fingerprint(house.pool)).toEqual(before)
  expect(await fingerprint(house.pool, ['idempotency_keys', 'sessions'])).toEqual(keys)

  await house.pool.query('GRANT INSERT ON audit_events TO callside_app')
  good(await ask(house, 'GET', `/api/v1/calls/${world.call.id}`, { as: world.cast.supervisor }), 200, callRecordSchema)
})
