import { callSchema } from '#lib/calls/schema.ts'
import { ask, good, refused } from '../support/ask.ts'
import { deskOf, finishedCall } from '../support/desk.ts'
import { arrive } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('a call goes from start to finish, and its record holds every step in order', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  expect(call).toMatchObject({ state: 'in-progress', recordingState: 'recording', recorded: true, told: null, objected: false, urgency: 'routine', version: 1 })
  expect(call.reference).toMatch(/^[A-HJ-NP-Z]{3}-[2-9]{5}$/)
  expect(call.agentId).toBe(agent.id)

  expect(await desk.record(call, 'told')).toMatchObject({ told: 'told', version: 1 })
  const consultation = await desk.consult(call, 'back-pain')
  await desk.follow(call, consultation, { kind: 'shown' })
  expect(await desk.act(call, 'hold')).toMatchObject({ state: 'on-hold' })
  expect(await desk.act(call, 'resume')).toMatchObject({ state: 'in-progress' })
  const noted = await desk.change(call, { notes: 'Back pain for two days.' })
  expect(noted).toMatchObject({ notes: 'Back pain for two days.', version: 2 })
  const coded = await desk.change(noted, { caller: 'carer', dispositionCode: 'information' })
  expect(coded).toMatchObject({ caller: 'carer', dispositionCode: 'information', dispositionLabel: 'Information given', version: 3 })
  expect(await desk.act(call, 'end')).toMatchObject({ state: 'wrapping-up', topics: ['back-pain'] })
  expect(await desk.act(call, 'finish')).toMatchObject({ state: 'finished', version: 3 })

  const record = await desk.get(call.id)
  expect(record).toMatchObject({ state: 'finished', notes: 'Back pain for two days.', agentName: 'Ama' })
  expect(record.events.map((event) => event.kind)).toEqual(['start', 'hold', 'resume', 'end', 'finish'])
  expect(record.recording.map((event) => event.kind)).toEqual(['told'])
  expect(record.trail.map((event) => event.kind)).toEqual(['opened', 'shown'])
  expect(record.consultations).toHaveLength(1)
  expect(Date.parse(record.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(record.startedAt))
})

test('the record keeps the order things were written in, whatever their ids and times say', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  // As from a second process whose clock is behind.
  await house.pool.query(
    "INSERT INTO call_events (id, call_id, kind, by, at) VALUES (overlay(gen_random_uuid()::text placing '0000' from 1)::uuid, $1, 'hold', $2, now() - interval '1 hour')",
    [call.id, agent.id],
  )
  expect((await desk.get(call.id)).events.map((event) => event.kind)).toEqual(['start', 'hold'])
})

test('the helpline’s policy and notice are copied to the call as it starts', async ({ openHouse }) => {
  const house = await openHouse()
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const call = await desk.start()
  const before = await desk.get(call.id)
  await house.pool.query("UPDATE helpline SET records_calls = false, cannot_stop_wording = 'Other words'")
  await house.pool.query(
    "INSERT INTO recording_notices (id, version, wording, purpose, legal_basis, effective_from) VALUES (gen_random_uuid(), 2, 'New words', 'p', 'l', now())",
  )
  const after = await desk.get(call.id)
  expect(after.recordingPolicy).toEqual(before.recordingPolicy)
  expect(after.notice).toEqual(before.notice)
  await desk.change(call, { dispositionCode: 'test' })
  await desk.act(call, 'end')
  const next = await desk.get((await desk.start()).id)
  expect(next).toMatchObject({ recorded: false, recordingState: 'not-recorded', notice: { version: 2, wording: 'New words' } })
})

test('finishing names everything that is missing, in the desk’s order, and changes nothing', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const missing = async () => refused(await ask(house, 'POST', `/api/v1/calls/${call.id}/finish`, { as: agent }), 409, 'call-incomplete').missing

  expect(await missing()).toEqual(['recording-notice', 'caller', 'disposition'])
  const escalation = await desk.escalate(call)
  expect(await missing()).toEqual(['recording-notice', 'caller', 'disposition', 'escalation-outcome'])
  await desk.record(call, 'could-not-tell')
  expect(await missing()).toEqual(['caller', 'disposition', 'escalation-outcome'])
  const changed = await desk.change(call, { caller: 'other', dispositionCode: 'urgent' })
  expect(await missing()).toEqual(['escalation-outcome'])
  expect(await desk.get(call.id)).toMatchObject({ state: 'in-progress', endedAt: null, events: [{ kind: 'start' }] })
  await desk.change(changed, { dispositionCode: null })
  expect(await missing()).toEqual(['disposition', 'escalation-outcome'])
  await desk.settle(escalation)
  await desk.change({ ...changed, version: changed.version + 1 }, { dispositionCode: 'urgent' })
  expect(await desk.act(call, 'finish')).toMatchObject({ state: 'finished' })
  expect((await desk.get(call.id)).events.map((event) => event.kind)).toEqual(['start', 'end', 'finish'])
})

test('an objection is an answer about recording: nobody has to be told as well', async ({ house }) => {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const call = await desk.start()
  expect(await desk.record(call, 'objected')).toMatchObject({ objected: true, recorded: true, recordingState: 'unknown' })
  expect(await desk.record(call, 'stopped')).toMatchObject({ objected: true, recorded: true, recordingState: 'stopped' })
  await desk.change(call, { caller: 'self', dispositionCode: 'caller-ended' })
  expect(await desk.act(call, 'finish')).toMatchObject({ state: 'finished', told: null, objected: true, recorded: true })
})

for (const disposition of ['silent', 'wrong-number', 'abusive', 'test'])
  test(`a ${disposition} call needs its disposition only, unless an escalation is open`, async ({ house }) => {
    const agent = await arrive(house, 'Ama')
    const desk = deskOf(house, agent)
    const call = await desk.start()
    await desk.change(call, { dispositionCode: disposition, dangerSigns: 'none' })
    expect(await desk.act(call, 'finish')).toMatchObject({ state: 'finished', caller: null, told: null })

    const urgent = await desk.start()
    const escalation = await desk.escalate(urgent)
    await desk.change(urgent, { dispositionCode: disposition })
    const finish = () => ask(house, 'POST', `/api/v1/calls/${urgent.id}/finish`, { as: agent })
    expect(refused(await finish(), 409, 'call-incomplete').missing).toEqual(['escalation-outcome'])
    await desk.settle(escalation, { outcome: 'line-lost' })
    good(await finish(), 200, callSchema)
  })

test('each of several escalations needs its outcome before the call is finished', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  await desk.change(call, { dispositionCode: 'test' })
  const first = await desk.escalate(call, 'same-day')
  expect((await desk.escalate(call, 'emergency')).id, 'a second cause joins the open one').toBe(first.id)
  await desk.settle(first, { outcome: 'refused-by-caller' })
  const second = await desk.escalate(call, 'emergency')
  expect(second.id).not.toBe(first.id)
  refused(await ask(house, 'POST', `/api/v1/calls/${call.id}/finish`, { as: agent }), 409, 'call-incomplete')
  await desk.settle(second)
  await desk.act(call, 'finish')
})

test('"we rang 999" needs the reference and "opened in error" the reason', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const escalation = await desk.escalate(await desk.start())
  const give = (body: object) => ask(house, 'PATCH', `/api/v1/escalations/${escalation.id}`, { as: agent, body, ifMatch: 1 })
  for (const reference of [undefined, '', '  '])
    expect(refused(await give({ outcome: 'we-rang-999', reference }), 422, 'invalid-input').fields).toMatchObject([{ field: 'reference' }])
  expect(refused(await give({ outcome: 'opened-in-error' }), 422, 'invalid-input').fields).toMatchObject([{ field: 'outcomeReason' }])
  const settled = await desk.settle(escalation, { outcome: 'we-rang-999', reference: 'CAD 4711' })
  expect(settled).toMatchObject({ outcome: 'we-rang-999', reference: 'CAD 4711', version: 2 })
  expect(Date.parse(settled.outcomeAt ?? '')).toBeGreaterThanOrEqual(Date.parse(settled.openedAt))
  refused(await ask(house, 'PATCH', `/api/v1/escalations/${escalation.id}`, { as: agent, body: { reference: null }, ifMatch: 2 }), 422, 'invalid-input')
})

test('where the caller is and how to ring back are sealed in the database and read back whole', async ({ house }) => {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const call = await desk.start()
  const escalation = await desk.escalate(call)
  const words = { location: '14 Acacia Avenue, Swindon', callbackNumber: '01632 960983' }
  expect(await desk.settle(escalation, words)).toMatchObject(words)
  expect((await desk.get(call.id)).escalations).toMatchObject([words])
  const { rows } = await house.pool.query<{ row: string }>('SELECT e::text AS row FROM escalations e WHERE id = $1', [escalation.id])
  expect(rows[0]?.row).not.toContain('Acacia')
  expect(rows[0]?.row).not.toContain('960983')
})

test('a finished call is read-only at every door and in the database itself', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const consultation = await desk.consult(call, 'back-pain')
  const escalation = await desk.settle(await desk.escalate(call))
  await desk.change(call, { dispositionCode: 'test', notes: 'as it was' })
  await desk.act(call, 'finish')
  const before = await desk.get(call.id)

  const path = `/api/v1/calls/${call.id}`
  const doors: [string, string, object | undefined, number?][] = [
    ['PATCH', path, { notes: 'changed' }, 2],
    ['PATCH', `/api/v1/escalations/${escalation.id}`, { outcome: 'line-lost' }, escalation.version],
    ['POST', `${path}/recording-events`, { kind: 'told' }],
    ['POST', `${path}/consultations`, { topic: 'sciatica' }],
    ['POST', `${path}/consultations/${consultation.id}/events`, { events: [{ kind: 'closed' }] }],
    ['POST', `${path}/escalations`, {}],
    ...['hold', 'resume', 'end', 'finish'].map((act): [string, string, undefined] => ['POST', `${path}/${act}`, undefined]),
  ]
  for (const [method, door, body, ifMatch] of doors) refused(await ask(house, method, door, { as: agent, body, ifMatch }), 409, 'call-state')
  expect({ ...(await desk.get(call.id)), now: '' }).toEqual({ ...before, now: '' })

  await expect(house.pool.query("UPDATE calls SET notes = 'changed' WHERE id = $1", [call.id])).rejects.toThrow('a finished call never changes')
  await expect(house.pool.query("UPDATE calls SET state = 'wrapping-up' WHERE id = $1", [call.id])).rejects.toThrow('a finished call never changes')
  await expect(house.pool.query('DELETE FROM calls WHERE id = $1', [call.id])).rejects.toThrow('a finished call never changes')
})

test('no call is closed in the database without a record', async ({ house }) => {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const call = await desk.start()
  await expect(house.pool.query("UPDATE calls SET state = 'finished', ended_at = now(), finished_at = now() WHERE id = $1", [call.id])).rejects.toThrow(
    'finished_has_record',
  )
})

test('twenty parallel starts make one live call, and every other names it', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const replies = await Promise.all(Array.from({ length: 20 }, () => ask(house, 'POST', '/api/v1/calls', { as: agent })))
  const [started, ...others] = replies.filter((reply) => reply.status === 201)
  expect(others).toEqual([])
  for (const reply of replies.filter((each) => each !== started)) expect(refused(reply, 409, 'live-call').callId).toBe(started?.body.id)
  const { rows } = await house.pool.query('SELECT 1 FROM calls WHERE agent_id = $1', [agent.id])
  expect(rows).toHaveLength(1)
})

test('the database itself refuses a second live call of one agent, and wrapping up does not block the next', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const copy = () =>
    house.pool.query(
      `INSERT INTO calls (id, reference, agent_id, team_id, state, recording_policy, notice_id, recording_state, recorded)
       SELECT gen_random_uuid(), reference || 'x', agent_id, team_id, 'on-hold', recording_policy, notice_id, recording_state, recorded FROM calls WHERE id = $1`,
      [call.id],
    )
  await expect(copy()).rejects.toThrow('calls_one_live')
  await desk.act(call, 'end')
  await desk.start()
})

test('an agent without a team is told so', async ({ house }) => {
  const loner = await arrive(house, 'Lone', { team: null })
  refused(await ask(house, 'POST', '/api/v1/calls', { as: loner }), 409, 'no-team')
})

test('the list pages by keyset, newest first, each call once, while new calls come in', async ({ house }) => {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const made: string[] = []
  for (let count = 0; count < 5; count += 1) made.unshift((await finishedCall(desk)).id)
  const first = await desk.list('?limit=2')
  const late = await finishedCall(desk)
  const seen = first.calls.map((call) => call.id)
  for (let cursor = first.nextCursor; cursor; ) {
    const page = await desk.list(`?limit=2&cursor=${cursor}`)
    seen.push(...page.calls.map((call) => call.id))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(made)
  expect((await desk.list('?limit=1')).calls[0]?.id).toBe(late.id)
})

test('the list’s filters each keep what they name and leave the rest', async ({ house }) => {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const plain = await finishedCall(desk)
  const urgent = await desk.start()
  await desk.record(urgent, 'objected')
  await desk.escalate(urgent, 'emergency')
  await desk.act(urgent, 'end')
  const live = await desk.start()
  const ids = async (query: string) => (await desk.list(query)).calls.map((call) => call.id)
  expect(await ids('?phase=finished')).toEqual([plain.id])
  expect(await ids('?phase=to-finish')).toEqual([urgent.id])
  expect(await ids('?phase=live')).toEqual([live.id])
  expect(await ids('?recording=objected')).toEqual([urgent.id])
  expect(await ids('?recording=not-told')).toEqual([live.id, urgent.id])
  expect(await ids('?escalated=true&urgency=emergency')).toEqual([urgent.id])
  expect(await ids('?escalated=false')).toEqual([live.id, plain.id])
  expect(await ids('?disposition=information')).toEqual([plain.id])
  expect(await ids(`?to=${plain.startedAt}`)).toEqual([])
  expect(await ids(`?from=${urgent.startedAt}`)).toEqual([live.id, urgent.id])
})
