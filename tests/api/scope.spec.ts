/** Ids of others, wherever an id can be put: nothing is revealed, nothing changes. And keys that a body has no business naming. */
import { randomUUID } from 'node:crypto'
import { callListSchema } from '#lib/calls/schema.ts'
import { ask, good, newKey, type Reply, refused } from '../support/ask.ts'
import { deskOf, finishedCall } from '../support/desk.ts'
import { ENDPOINTS, makeWorld, type World } from '../support/endpoints.ts'
import { makeCast } from '../support/identities.ts'
import { auditAfter, auditPosition, fingerprint } from '../support/rows.ts'
import { expect, type House, test } from '../support/test.ts'

const STRANGERS = ['second agent', 'agent of another team', 'supervisor of another team'] as const

async function twoWorlds(house: House): Promise<World> {
  const world = await makeWorld(house, await makeCast(house))
  for (const stranger of STRANGERS) await deskOf(house, world.cast[stranger]).start()
  return world
}

/** What differs from one answer about a row that is not there to the next. */
const likeAbsent = (reply: Reply) => ({ status: reply.status, body: reply.body, type: reply.headers['content-type'], etag: reply.headers.etag })

test('another’s call, consultation or escalation answers exactly as one that never was', async ({ house }) => {
  const world = await twoWorlds(house)
  const before = await fingerprint(house.pool)
  const position = await auditPosition(house.pool)
  for (const endpoint of ENDPOINTS.filter((each) => each.isAboutCall)) {
    const { path, ...asking } = endpoint.asking(world)
    const absentPath = path.replace(world.call.id, randomUUID()).replace(world.escalation.id, randomUUID())
    for (const stranger of STRANGERS) {
      const [foreign, absent] = [
        await ask(house, endpoint.method, path, { as: world.cast[stranger], ...asking }),
        await ask(house, endpoint.method, absentPath, { as: world.cast[stranger], ...asking }),
      ]
      expect(foreign.status, `${endpoint.method} ${endpoint.template} as ${stranger}`).toBe(404)
      expect(likeAbsent(foreign)).toEqual(likeAbsent(absent))
    }
  }
  expect(await fingerprint(house.pool)).toEqual(before)
  expect(await auditAfter(house.pool, position)).toEqual([])
})

test('the agent’s own supervisor may read the call and change nothing about it', async ({ house }) => {
  const world = await twoWorlds(house)
  const before = await fingerprint(house.pool)
  for (const endpoint of ENDPOINTS.filter((each) => each.isAboutCall && each.method !== 'GET')) {
    const { path, ...asking } = endpoint.asking(world)
    expect((await ask(house, endpoint.method, path, { as: world.cast.supervisor, ...asking })).status, endpoint.template).toBe(404)
  }
  expect(await fingerprint(house.pool)).toEqual(before)
  expect((await deskOf(house, world.cast.supervisor).get(world.call.id)).agentName).toBe('Ama Agent')
})

test('a consultation of another call is not found under one’s own', async ({ house }) => {
  const world = await twoWorlds(house)
  const stranger = world.cast['second agent']
  const desk = deskOf(house, stranger)
  const own = (await desk.list('?phase=live')).calls[0]
  const before = await fingerprint(house.pool)
  const events = { events: [{ kind: 'shown' }] }
  refused(await ask(house, 'POST', `/api/v1/calls/${own?.id}/consultations/${world.consultationId}/events`, { as: stranger, body: events }), 404, 'not-found')
  refused(
    await ask(house, 'POST', `/api/v1/calls/${own?.id}/consultations`, { as: stranger, body: { topic: 'sciatica', id: world.consultationId } }),
    422,
    'invalid-input',
  )
  refused(await ask(house, 'POST', '/api/v1/calls', { as: stranger, body: { id: world.call.id } }), 422, 'invalid-input')
  expect(await fingerprint(house.pool)).toEqual(before)
})

test('another’s Idempotency-Key is no key to their answer', async ({ house }) => {
  const world = await twoWorlds(house)
  const key = newKey()
  const path = `/api/v1/calls/${world.call.id}/recording-events`
  const mine = await ask(house, 'POST', path, { as: world.cast.agent, body: { kind: 'told' }, key })
  expect(mine.status).toBe(201)
  const before = await fingerprint(house.pool)
  for (const stranger of STRANGERS) {
    const reply = await ask(house, 'POST', path, { as: world.cast[stranger], body: { kind: 'told' }, key })
    refused(reply, 404, 'not-found')
    expect(reply.text).not.toContain(world.call.reference)
  }
  expect(await fingerprint(house.pool)).toEqual(before)
})

test('a version of another topic cannot be opened or followed in a consultation', async ({ house }) => {
  const world = await twoWorlds(house)
  const { versions } = await deskOf(house, world.cast.agent).library()
  const foreign = versions.find((version) => version.topic === 'paracetamol')
  const before = await fingerprint(house.pool)
  const consult = (body: object) => ask(house, 'POST', `/api/v1/calls/${world.call.id}/consultations`, { as: world.cast.agent, body })
  refused(await consult({ topic: 'sciatica', versionId: foreign?.versionId }), 409, 'guidance-unusable')
  refused(await consult({ topic: 'sciatica', versionId: randomUUID() }), 409, 'guidance-unusable')
  refused(await consult({ topic: 'no-such-topic' }), 404, 'not-found')
  const events = [{ kind: 'shown', versionId: foreign?.versionId, blockId: foreign?.content.blocks[0]?.id }]
  const follow = `/api/v1/calls/${world.call.id}/consultations/${world.consultationId}/events`
  refused(await ask(house, 'POST', follow, { as: world.cast.agent, body: { events } }), 409, 'guidance-unusable')
  expect(await fingerprint(house.pool)).toEqual(before)
})

test('lists hold the actor’s own calls, and for a supervisor their team’s, whatever the query names', async ({ house }) => {
  const world = await twoWorlds(house)
  const { cast } = world
  const idsOf = async (who: keyof typeof cast, query: string) => {
    const reply = await ask(house, 'GET', `/api/v1/calls${query}`, { as: cast[who] })
    return new Set(good(reply, 200, callListSchema).calls.map((call) => call.agentId))
  }
  for (const stranger of STRANGERS) {
    expect(await idsOf(stranger, '')).toEqual(new Set([cast[stranger].id]))
    expect(await idsOf(stranger, `?agentId=${cast.agent.id}`)).toEqual(new Set())
  }
  expect(await idsOf('supervisor', '?whose=team')).toEqual(new Set([cast.agent.id, cast['second agent'].id]))
  expect(await idsOf('supervisor', `?whose=team&agentId=${cast['agent of another team'].id}`)).toEqual(new Set())
  expect(await idsOf('supervisor of another team', '?whose=team')).toEqual(new Set([cast['agent of another team'].id, cast['supervisor of another team'].id]))
  for (const agent of ['agent', 'second agent'] as const) refused(await ask(house, 'GET', '/api/v1/calls?whose=team', { as: cast[agent] }), 403, 'not-allowed')
})

test('a cursor of another’s list only places the reader in their own', async ({ house }) => {
  const { cast } = await twoWorlds(house)
  const desk = deskOf(house, cast['second agent'])
  for (let count = 0; count < 2; count += 1) {
    const live = (await desk.list('?phase=live')).calls[0]
    if (live) await desk.act(live, 'end')
    await finishedCall(desk)
  }
  const { nextCursor } = await desk.list('?limit=1')
  const page = await deskOf(house, cast.agent).list(`?cursor=${nextCursor}`)
  expect(page.calls.every((call) => call.agentId === cast.agent.id)).toBe(true)
  for (const forged of ['', 'x', nextCursor?.slice(2), Buffer.from("2026-01-01' OR true --").toString('base64url'), 'a'.repeat(200)].filter(Boolean))
    refused(await ask(house, 'GET', `/api/v1/calls?cursor=${forged}`, { as: cast.agent }), 422, 'invalid-input')
})

/** Columns and words of the house that no body may set. */
const EXTRA: Record<string, unknown> = {
  id: randomUUID(),
  agentId: randomUUID(),
  teamId: randomUUID(),
  reference: 'AAA-22222',
  state: 'finished',
  startedAt: '2020-01-01T00:00:00Z',
  urgency: 'routine',
  recorded: false,
  objected: false,
  told: 'told',
  escalated: false,
  recordingState: 'not-recorded',
  recordingPolicy: { recordsCalls: false },
  version: 99,
  tier: 'emergency',
  at: '2020-01-01T00:00:00Z',
  second: 0,
  by: randomUUID(),
  roles: ['admin'],
  isDemo: true,
  legalHold: true,
  constructor: { prototype: {} },
}

/** What a body itself declares under such a name. */
const DECLARED = ['/calls/{id}/consultations id', '/calls/{id}/escalations urgency', '/escalations/{id} reference']

test('a body with a key that is not declared is refused whole, at every door and at every depth', async ({ house }) => {
  const world = await twoWorlds(house)
  const before = await fingerprint(house.pool)
  const withBodies = ENDPOINTS.filter((endpoint) => endpoint.asking(world).body !== undefined)
  expect(withBodies.length).toBeGreaterThanOrEqual(8)
  for (const endpoint of withBodies) {
    const { path, body, ...asking } = endpoint.asking(world)
    for (const [name, value] of Object.entries(EXTRA)) {
      if (DECLARED.includes(`${endpoint.template} ${name}`)) continue
      const reply = await ask(house, endpoint.method, path, { as: world.cast.agent, ...asking, body: { ...Object(body), [name]: value } })
      refused(reply, 422, 'invalid-input')
    }
    const prototype = JSON.stringify({ ...Object(body), last: 0 }).replace('"last":0', '"__proto__":{"agentId":"x"}')
    const reply = await ask(house, endpoint.method, path, {
      as: world.cast.agent,
      ...asking,
      rawBody: prototype,
      headers: { 'content-type': 'application/json' },
    })
    expect(reply.status, `${endpoint.template} with __proto__`).toBe(422)
  }
  const follow = `/api/v1/calls/${world.call.id}/consultations/${world.consultationId}/events`
  for (const [name, value] of Object.entries(EXTRA)) {
    const events = [{ kind: 'shown', [name]: value }]
    refused(await ask(house, 'POST', follow, { as: world.cast.agent, body: { events } }), 422, 'invalid-input')
  }
  expect(await fingerprint(house.pool)).toEqual(before)
})

test('a trail event cannot claim that a topic was opened: only opening it says so', async ({ house }) => {
  const world = await twoWorlds(house)
  const follow = `/api/v1/calls/${world.call.id}/consultations/${world.consultationId}/events`
  refused(await ask(house, 'POST', follow, { as: world.cast.agent, body: { events: [{ kind: 'opened' }] } }), 422, 'invalid-input')
})
