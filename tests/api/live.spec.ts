import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { ask } from '../support/ask.ts'
import { deskOf } from '../support/desk.ts'
import { makeCast } from '../support/identities.ts'
import { arrive, makeTeam, signIn } from '../support/people.ts'
import { auditPosition } from '../support/rows.ts'
import { openStream, type StreamEvent } from '../support/streams.ts'
import { expect, test } from '../support/test.ts'

const isChange = (id: string) => (event: StreamEvent) => event.event === 'change' && event.data.id === id

const changes = (events: StreamEvent[]) => events.filter((event) => event.event === 'change')

test('a change reaches its agent on every device, and their supervisor, and nobody else', async ({ house }) => {
  const cast = await makeCast(house)
  const outsiders = ['second agent', 'agent of another team', 'supervisor of another team', 'author', 'clinician', 'dpo', 'admin'] as const
  const [here, there, watching] = await Promise.all([
    openStream(house, cast.agent),
    openStream(house, await signIn(house, cast.agent)),
    openStream(house, cast.supervisor),
  ])
  const others = await Promise.all(outsiders.map((each) => openStream(house, cast[each])))

  const desk = deskOf(house, cast.agent)
  const call = await desk.start()
  const escalation = await desk.escalate(call)
  await Promise.all([here, there, watching].flatMap((stream) => [stream.until(isChange(call.id)), stream.until(isChange(escalation.id))]))

  // Changes come in the order of the chain, and this one is for everybody: whoever has heard it was passed over by the others.
  const fence = randomUUID()
  await house.pool.query("INSERT INTO audit_events (id, kind, subject_id) VALUES (gen_random_uuid(), 'guidance.published', $1)", [fence])
  for (const [index, stream] of others.entries()) {
    await stream.until(isChange(fence))
    expect(
      changes(stream.events).map((event) => event.data),
      outsiders[index],
    ).toEqual([{ room: 'guidance', id: fence }])
  }
  for (const stream of [here, there, watching, ...others]) stream.close()
})

test('an event carries the name of a room and an id, and not a word more', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const stream = await openStream(house, agent)
  const desk = deskOf(house, agent)
  const call = await desk.start()
  await desk.change(call, { notes: 'Not for the line', caller: 'self' })
  await desk.record(call, 'paused', 'not for the line')
  const escalation = await desk.settle(await desk.escalate(call), { location: 'Not for the line' })
  await stream.until(isChange(escalation.id))
  await desk.act(call, 'end')
  await stream.until(() => changes(stream.events).length >= 6)
  for (const { id, data } of changes(stream.events)) {
    expect(Object.keys(data).sort()).toEqual(['id', 'room'])
    expect(data.room).toMatch(/^(call|recording|escalation|trail)$/)
    expect([call.id, escalation.id]).toContain(data.id)
    expect(id).toMatch(/^\d+$/)
  }
  stream.close()
})

test('the stream is not cached, not compressed away and of its own type', async ({ house }) => {
  const stream = await openStream(house, await arrive(house, 'Ama'))
  expect(stream.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  stream.close()
})

test('Last-Event-ID brings what was missed, in order, once, and only what is the reader’s to see', async ({ house }) => {
  const team = await makeTeam(house, 'North')
  const agent = await arrive(house, 'Ama', { team })
  const stranger = await arrive(house, 'Ben', { team })
  const desk = deskOf(house, agent)
  const first = await openStream(house, agent)
  const call = await desk.start()
  const { id: seen } = await first.until(isChange(call.id))
  first.close()

  await deskOf(house, stranger).start()
  const escalation = await desk.escalate(call)
  await desk.act(call, 'hold')
  const again = await openStream(house, agent, { 'last-event-id': String(seen) })
  await desk.act(call, 'resume')
  await again.until(() => changes(again.events).length >= 3)
  expect(changes(again.events).map((event) => event.data.id)).toEqual([escalation.id, call.id, call.id])
  const positions = changes(again.events).map((event) => Number(event.id))
  expect(positions).toEqual([...positions].sort((a, b) => a - b))
  expect(positions[0]).toBeGreaterThan(Number(seen))
  again.close()

  const upToDate = await openStream(house, agent, { 'last-event-id': String(await auditPosition(house.pool)) })
  await desk.act(call, 'end')
  await upToDate.until(isChange(call.id))
  expect(changes(upToDate.events)).toHaveLength(1)
  upToDate.close()
})

test('that somebody read a call is no change to it: nobody is told, then or later', async ({ house }) => {
  const team = await makeTeam(house, 'North')
  const agent = await arrive(house, 'Ama', { team })
  const supervisor = await arrive(house, 'Sunita', { team, roles: ['supervisor'] })
  const desk = deskOf(house, agent)
  const stream = await openStream(house, agent)
  const call = await desk.start()
  const { id: seen } = await stream.until(isChange(call.id))
  await deskOf(house, supervisor).get(call.id)
  await desk.act(call, 'hold')
  await stream.until(() => changes(stream.events).length >= 2)
  const again = await openStream(house, agent, { 'last-event-id': String(seen) })
  await again.until(isChange(call.id))
  // Both have the hold, which came after the reading, and nothing before it.
  const held = await auditPosition(house.pool)
  expect(changes(stream.events).map((event) => Number(event.id))).toEqual([Number(seen), held])
  expect(changes(again.events).map((event) => Number(event.id))).toEqual([held])
  for (const each of [stream, again]) each.close()
})

test('until the missed events are told, the cursor stays where the reader was', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const seen = await auditPosition(house.pool)
  await desk.act(call, 'hold')
  const stream = await openStream(house, agent, { 'last-event-id': String(seen) })
  expect(stream.events[0]).toMatchObject({ event: 'ready', id: String(seen) })
  stream.close()
})

test('a cursor that was made up brings nothing and breaks nothing', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const control = await openStream(house, agent)
  const call = await desk.start()
  await control.until(isChange(call.id))
  control.close()
  for (const cursor of ['-1', '0', 'x', '1e308', '9007199254740993', '99999999', "1' OR true --", ' ']) {
    const stream = await openStream(house, agent, { 'last-event-id': cursor })
    expect(stream.response.statusCode, cursor).toBe(200)
    expect(stream.events.map((event) => event.event)).toEqual(['ready'])
    stream.close()
  }
  expect((await desk.get(call.id)).state).toBe('in-progress')
})

test('a supervisor who is one no longer hears no more of the team', async ({ house }) => {
  const team = await makeTeam(house, 'North')
  const supervisor = await arrive(house, 'Sunita', { team, roles: ['supervisor'] })
  const agent = await arrive(house, 'Ama', { team })
  const stream = await openStream(house, supervisor)
  await house.pool.query("UPDATE person_roles SET role = 'agent' WHERE person_id = $1", [supervisor.id])
  // The first look after the change: from then on the stream follows the new role.
  await stream.until((event) => event.event === 'still')
  const call = await deskOf(house, agent).start()
  const own = await deskOf(house, supervisor).start()
  await stream.until(isChange(own.id))
  expect(changes(stream.events).map((event) => event.data.id)).not.toContain(call.id)
  stream.close()
})

test('when the listening connection dies, what happens meanwhile is caught up with and later changes come again', async ({ openHouse }) => {
  const house = await openHouse()
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const stream = await openStream(house, agent)
  const cursor = stream.events[0]?.id ?? ''

  const listener = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN callside'"
  const killer = new pg.Client({ connectionString: house.config.databaseUrl })
  await killer.connect()
  const killed = await killer.query(`SELECT pg_terminate_backend(pid) FROM (${listener}) backend`)
  expect(killed.rows).toHaveLength(1)
  await desk.act(call, 'hold')
  await stream.ended
  expect(changes(stream.events), 'nobody was listening').toEqual([])

  const again = await openStream(house, agent, { 'last-event-id': cursor })
  await again.until(isChange(call.id))
  await desk.act(call, 'resume')
  await again.until(() => changes(again.events).length >= 2)
  expect((await killer.query(listener)).rows).toHaveLength(1)
  await killer.end()
  again.close()
})

test('a server that is asked to stop ends its streams, answers what is under way and exits cleanly', async ({ openHouse }) => {
  const house = await openHouse()
  const agent = await arrive(house, 'Ama')
  const stream = await openStream(house, agent)
  const call = await deskOf(house, agent).start()
  const blocker = await house.pool.connect()
  await blocker.query('BEGIN')
  await blocker.query('SELECT 1 FROM calls WHERE id = $1 FOR UPDATE', [call.id])
  const saving = ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, body: { notes: 'typed just before' }, ifMatch: 1 })
  // The save waits for the row, so it is under way when the signal comes.
  await expect
    .poll(async () => (await house.pool.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).rows.length)
    .toBe(1)
  const stopped = house.stop()
  await stream.ended
  await blocker.query('COMMIT')
  blocker.release()
  expect((await saving).status).toBe(200)
  expect(await stopped).toBe(0)
  const { rows } = await house.pool.query('SELECT notes FROM calls WHERE id = $1', [call.id])
  expect(rows).toEqual([{ notes: 'typed just before' }])
})
