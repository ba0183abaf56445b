import { callSchema } from '#lib/calls/schema.ts'
import { ask, good, newKey, refused } from '../support/ask.ts'
import { clearLive, deskOf } from '../support/desk.ts'
import { ENDPOINTS, makeWorld } from '../support/endpoints.ts'
import { makeCast } from '../support/identities.ts'
import { arrive } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('fifty parallel requests with one key make one row and get one answer', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const call = await deskOf(house, agent).start()
  const key = newKey()
  const replies = await Promise.all(
    Array.from({ length: 50 }, () => ask(house, 'POST', `/api/v1/calls/${call.id}/recording-events`, { as: agent, body: { kind: 'told' }, key })),
  )
  const [first] = replies.map((reply) => good(reply, 201, callSchema))
  for (const reply of replies) expect(reply.body).toEqual(first)
  expect(new Set(replies.map((reply) => reply.headers.etag)).size).toBe(1)
  const { rows } = await house.pool.query('SELECT 1 FROM recording_events WHERE call_id = $1', [call.id])
  expect(rows).toHaveLength(1)
})

test('fifty parallel starts with one key are one call, started fifty times over as far as anyone can tell', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const key = newKey()
  const replies = await Promise.all(Array.from({ length: 50 }, () => ask(house, 'POST', '/api/v1/calls', { as: agent, key })))
  expect(new Set(replies.map((reply) => `${reply.status} ${reply.body.id}`))).toEqual(new Set([`201 ${replies[0]?.body.id}`]))
  const { rows } = await house.pool.query('SELECT 1 FROM calls WHERE agent_id = $1', [agent.id])
  expect(rows).toHaveLength(1)
})

test('a known key with another body, path or method is refused and does nothing', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const key = newKey()
  const path = `/api/v1/calls/${call.id}`
  good(await ask(house, 'POST', `${path}/recording-events`, { as: agent, body: { kind: 'told' }, key }), 201, callSchema)
  refused(await ask(house, 'POST', `${path}/recording-events`, { as: agent, body: { kind: 'objected' }, key }), 422, 'key-reused')
  refused(await ask(house, 'POST', `${path}/end`, { as: agent, key }), 422, 'key-reused')
  refused(await ask(house, 'PATCH', path, { as: agent, body: { notes: 'x' }, ifMatch: 1, key }), 422, 'key-reused')
  expect(await desk.get(call.id)).toMatchObject({ state: 'in-progress', objected: false, notes: '', recording: [{ kind: 'told' }] })
})

test('every write asks for a key, of eight to two hundred characters', async ({ house }) => {
  const world = await makeWorld(house, await makeCast(house))
  for (const endpoint of ENDPOINTS.filter((each) => each.method !== 'GET' && each.template !== '/set-up')) {
    const { path, ...asking } = endpoint.asking(world)
    refused(await ask(house, endpoint.method, path, { as: world.cast.agent, ...asking, key: null }), 400, 'key-missing')
    for (const key of ['short', 'x'.repeat(201)])
      refused(await ask(house, endpoint.method, path, { as: world.cast.agent, ...asking, key }), 422, 'invalid-input')
  }
})

test('one key of two people stands for two requests', async ({ house }) => {
  const key = newKey()
  const [ama, ben] = [await arrive(house, 'Ama'), await arrive(house, 'Ben')]
  const first = good(await ask(house, 'POST', '/api/v1/calls', { as: ama, key }), 201, callSchema)
  const second = good(await ask(house, 'POST', '/api/v1/calls', { as: ben, key }), 201, callSchema)
  expect(second.id).not.toBe(first.id)
  expect(second.agentId).toBe(ben.id)
})

test('a key replays its answer after the call has moved on, and before anything else is compared', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const [saveKey, endKey] = [newKey(), newKey()]
  const save = () => ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, body: { notes: 'first', dispositionCode: 'test' }, ifMatch: 1, key: saveKey })
  const end = () => ask(house, 'POST', `/api/v1/calls/${call.id}/end`, { as: agent, key: endKey })
  const saved = good(await save(), 200, callSchema)
  const ended = good(await end(), 200, callSchema)
  await desk.change({ ...call, version: 2 }, { notes: 'second' })
  await desk.act(call, 'finish')
  expect(good(await save(), 200, callSchema)).toEqual(saved)
  expect(good(await end(), 200, callSchema)).toEqual(ended)
  expect(await desk.get(call.id)).toMatchObject({ notes: 'second', version: 3, state: 'finished' })
})

test('a refused request leaves its key free: the mended one may use it', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const key = newKey()
  const finish = () => ask(house, 'POST', `/api/v1/calls/${call.id}/finish`, { as: agent, key })
  refused(await finish(), 409, 'call-incomplete')
  await desk.change(call, { dispositionCode: 'test' })
  good(await finish(), 200, callSchema)
})

test('reading takes no key and keeps none', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const call = await deskOf(house, agent).start()
  await clearLive(house, agent)
  const before = await house.pool.query('SELECT 1 FROM idempotency_keys WHERE person_id = $1', [agent.id])
  for (const path of ['/me', '/helpline', '/calls', `/calls/${call.id}`, '/guidance/library', '/guidance/search?q=back'])
    expect((await ask(house, 'GET', `/api/v1${path}`, { as: agent, key: newKey() })).status).toBe(200)
  const after = await house.pool.query('SELECT 1 FROM idempotency_keys WHERE person_id = $1', [agent.id])
  expect(after.rows).toHaveLength(before.rows.length)
  const document = await ask(house, 'GET', '/api/v1/openapi.json')
  const paths = document.body.paths as Record<string, { get?: { parameters?: { in: string; name: string }[] } }>
  for (const [path, { get }] of Object.entries(paths))
    for (const parameter of get?.parameters ?? []) expect(`${path} ${parameter.in} ${parameter.name}`).not.toContain('header')
})
