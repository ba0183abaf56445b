import { randomUUID } from 'node:crypto'
import { librarySchema, searchAnswerSchema, versionSchema } from '#lib/guidance/schema.ts'
import type { Tier, TopicContent } from '#lib/guidance/terms.ts'
import { ask, good, refused } from '../support/ask.ts'
import { type Desk, deskOf } from '../support/desk.ts'
import { arrive } from '../support/people.ts'
import { expect, type House, test } from '../support/test.ts'

type Version = Awaited<ReturnType<Desk['library']>>['versions'][number]

async function addVersion(
  house: House,
  topic: string,
  number: number,
  state: string,
  change: (content: TopicContent) => void = () => undefined,
): Promise<string> {
  const { rows } = await house.pool.query<{ content: TopicContent; sources: object }>(
    "SELECT content, sources FROM guidance_versions WHERE topic = $1 AND state = 'sample' ORDER BY number DESC LIMIT 1",
    [topic],
  )
  const content = rows[0]?.content
  if (!content) throw new Error(`there is no sample of ${topic}`)
  change(content)
  const id = randomUUID()
  await house.pool.query(
    'INSERT INTO guidance_versions (id, topic, number, state, content, sources, content_hash) VALUES ($1, $2, $3, $4, $5, $6, $1::uuid::text)',
    [id, topic, number, state, content, rows[0]?.sources],
  )
  return id
}

function questionOf(version: Version | undefined, tier: Tier): string {
  const block = version?.content.blocks.find((each) => each.type === 'safety-question' && each.tier === tier)
  if (!block) throw new Error(`no ${tier} question in ${version?.topic}`)
  return block.id
}

async function open(house: House, topic: string) {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const { versions } = await desk.library()
  const call = await desk.start()
  const consultation = await desk.consult(call, topic)
  const version = versions.find((each) => each.versionId === consultation.versionId)
  return { agent, desk, versions, call, consultation, version }
}

test('the tier of an answer is the version’s own, and what a client says of it is refused', async ({ house }) => {
  const { agent, desk, call, consultation, version } = await open(house, 'back-pain')
  const blockId = questionOf(version, 'same-day')
  const path = `/api/v1/calls/${call.id}/consultations/${consultation.id}/events`
  refused(
    await ask(house, 'POST', path, { as: agent, body: { events: [{ kind: 'answered', blockId, answer: 'yes', tier: 'routine' }] } }),
    422,
    'invalid-input',
  )
  await desk.follow(call, consultation, { kind: 'shown', blockId }, { kind: 'answered', blockId, answer: 'yes' })
  const { trail } = await desk.get(call.id)
  expect(trail.map(({ kind, tier, answer }) => ({ kind, tier, answer }))).toEqual([
    { kind: 'opened', tier: null, answer: null },
    { kind: 'shown', tier: null, answer: null },
    { kind: 'answered', tier: 'same-day', answer: 'yes' },
  ])
})

test('a positive answer raises urgency and opens an escalation; a later no, an undo or a lower yes never lowers it', async ({ house }) => {
  const { desk, call, consultation, version, versions } = await open(house, 'back-pain')
  const sameDay = questionOf(version, 'same-day')
  const first = await desk.follow(call, consultation, { kind: 'answered', blockId: sameDay, answer: 'unsure' })
  expect(first).toMatchObject({
    call: { urgency: 'same-day', escalated: true },
    escalation: { urgency: 'same-day', cause: 'safety-question', blockId: sameDay },
  })

  for (const event of [{ kind: 'answered', blockId: sameDay, answer: 'no' }, { kind: 'undone', blockId: sameDay }, { kind: 'closed' }])
    expect(await desk.follow(call, consultation, event)).toMatchObject({ call: { urgency: 'same-day', escalated: true }, escalation: null })

  const cauda = versions.find((each) => each.topic === 'cauda-equina-syndrome')
  const emergency = questionOf(cauda, 'emergency')
  const second = await desk.consult(call, 'cauda-equina-syndrome')
  const raised = await desk.follow(call, second, { kind: 'answered', blockId: emergency, answer: 'yes' })
  expect(raised).toMatchObject({ call: { urgency: 'emergency' }, escalation: { id: first.escalation?.id, urgency: 'emergency' } })
  expect(await desk.follow(call, consultation, { kind: 'answered', blockId: sameDay, answer: 'yes' })).toMatchObject({
    call: { urgency: 'emergency' },
    escalation: { urgency: 'emergency' },
  })
  expect((await desk.get(call.id)).escalations).toHaveLength(1)
})

test('a positive answer below same day raises urgency and opens nothing', async ({ house }) => {
  const { versions } = await open(house, 'back-pain')
  const version = versions.find((each) => each.content.blocks.some((block) => block.type === 'safety-question' && block.tier === 'within-days'))
  const { desk, call, consultation } = await open(house, version?.topic ?? '')
  const answer = await desk.follow(call, consultation, { kind: 'answered', blockId: questionOf(version, 'within-days'), answer: 'yes' })
  expect(answer).toMatchObject({ call: { urgency: 'within-days', escalated: false }, escalation: null })
})

test('the most urgent of several answers sent together decides, whatever their order', async ({ house }) => {
  const { desk, call, versions } = await open(house, 'back-pain')
  const version = versions.find((each) =>
    ['emergency', 'same-day'].every((tier) => each.content.blocks.some((block) => block.type === 'safety-question' && block.tier === tier)),
  )
  const consultation = await desk.consult(call, version?.topic ?? '')
  const events = (['same-day', 'emergency', 'same-day'] as const).map((tier) => ({ kind: 'answered', blockId: questionOf(version, tier), answer: 'yes' }))
  const { call: after, escalation } = await desk.follow(call, consultation, ...events)
  expect(after.urgency).toBe('emergency')
  expect(escalation).toMatchObject({ urgency: 'emergency', blockId: questionOf(version, 'emergency') })
  expect((await desk.get(call.id)).escalations).toHaveLength(1)
})

test('an included block is kept with the version of its own topic, and a block of another topic is refused', async ({ house }) => {
  const { versions } = await open(house, 'back-pain')
  const including = versions.find((each) => each.content.blocks.some((block) => block.type === 'include'))
  const include = including?.content.blocks.find((block) => block.type === 'include')
  const included = versions.find((each) => include?.type === 'include' && each.topic === include.topic)
  const blockId = included?.content.blocks.find((block) => block.type === 'safety-question')?.id
  const { agent, desk, call, consultation } = await open(house, including?.topic ?? '')
  await desk.follow(call, consultation, { kind: 'shown', blockId, versionId: included?.versionId })
  expect((await desk.get(call.id)).trail.at(-1)).toMatchObject({ blockId, versionId: included?.versionId, consultationId: consultation.id })

  const path = `/api/v1/calls/${call.id}/consultations/${consultation.id}/events`
  const stranger = versions.find(
    (each) => each !== including && !including?.content.blocks.some((block) => block.type === 'include' && block.topic === each.topic),
  )
  for (const event of [
    { kind: 'shown', blockId },
    { kind: 'shown', blockId: 'back-pain.no-such-block' },
    { kind: 'shown', blockId: stranger?.content.blocks[0]?.id, versionId: stranger?.versionId },
    { kind: 'shown', versionId: randomUUID() },
  ])
    refused(await ask(house, 'POST', path, { as: agent, body: { events: [{ kind: 'closed' }, event] } }), 409, 'guidance-unusable')
  expect((await desk.get(call.id)).trail, 'a batch is kept whole or not at all').toHaveLength(2)
})

test('only a question is answered: with yes, no or unsure, or with one of its options', async ({ house }) => {
  const { agent, call, consultation, version } = await open(house, 'back-pain')
  const path = `/api/v1/calls/${call.id}/consultations/${consultation.id}/events`
  const say = version?.content.blocks.find((block) => block.type !== 'safety-question' && block.type !== 'question')
  for (const event of [
    { kind: 'answered', blockId: say?.id, answer: 'yes' },
    { kind: 'answered', blockId: questionOf(version, 'same-day') },
    { kind: 'answered', blockId: questionOf(version, 'same-day'), answer: 'perhaps' },
    { kind: 'answered', answer: 'yes' },
  ])
    refused(await ask(house, 'POST', path, { as: agent, body: { events: [event] } }), 422, 'invalid-input')
})

test('reviewer notes never leave the API', async ({ house }) => {
  const { rows } = await house.pool.query<{ id: string; topic: string }>(
    `SELECT id, topic FROM guidance_versions WHERE content @> '{"blocks": [{"type": "reviewer-note"}]}'`,
  )
  expect(rows.length, 'the samples have such notes').toBeGreaterThan(0)
  for (const roles of [['agent'], ['supervisor'], ['author', 'clinician', 'admin', 'dpo']] as const) {
    const as = await arrive(house, 'Ama', { roles })
    const paths = rows.flatMap(({ id, topic }) => [`/guidance/versions/${id}`, `/guidance/topics/${topic}`])
    for (const path of ['/guidance/library', ...paths]) {
      const reply = await ask(house, 'GET', `/api/v1${path}`, { as })
      expect(reply.status).toBe(200)
      expect(reply.text).not.toContain('reviewer-note')
    }
  }
})

test('somebody who is no demo person sees and opens published guidance only', async ({ openHouse }) => {
  const house = await openHouse()
  const agent = await arrive(house, 'Ama', { isDemo: false })
  const desk = deskOf(house, agent)
  expect((await desk.library()).versions).toEqual([])
  const topic = (name: string) => ask(house, 'GET', `/api/v1/guidance/topics/${name}`, { as: agent })
  refused(await topic('sciatica'), 404, 'not-found')
  const search = async (q: string) => good(await ask(house, 'GET', `/api/v1/guidance/search?q=${q}`, { as: agent }), 200, searchAnswerSchema).results
  expect(await search('sciatica')).toEqual([])
  const call = await desk.start()
  const consult = (body: object) => ask(house, 'POST', `/api/v1/calls/${call.id}/consultations`, { as: agent, body })
  refused(await consult({ topic: 'sciatica' }), 404, 'not-found')
  const { rows } = await house.pool.query<{ id: string }>("SELECT id FROM guidance_versions WHERE topic = 'sciatica'")
  refused(await consult({ topic: 'sciatica', versionId: rows[0]?.id }), 409, 'guidance-unusable')

  const published = await addVersion(house, 'sciatica', 50, 'published')
  await addVersion(house, 'sciatica', 51, 'draft')
  await addVersion(house, 'sciatica', 52, 'withdrawn')
  expect((await desk.library()).versions.map((version) => version.versionId)).toEqual([published])
  expect(good(await topic('sciatica'), 200, versionSchema)).toMatchObject({ versionId: published, state: 'published' })
  expect((await search('sciatica')).map((result) => result.topic)).toEqual(['sciatica'])
  expect((await desk.consult(call, 'sciatica')).versionId).toBe(published)
  await house.pool.query("UPDATE guidance_versions SET state = 'withdrawn' WHERE id = $1", [published])
  expect((await desk.library()).versions, 'a withdrawn version is out of the library at once').toEqual([])
  refused(await consult({ topic: 'sciatica', versionId: published }), 409, 'guidance-unusable')
})

test('a draft is shown to nobody, and a version that was in use can be read for ever', async ({ openHouse }) => {
  const house = await openHouse()
  const agent = await arrive(house, 'Ama')
  const draft = await addVersion(house, 'sciatica', 50, 'draft')
  const withdrawn = await addVersion(house, 'sciatica', 51, 'withdrawn')
  const read = (id: string) => ask(house, 'GET', `/api/v1/guidance/versions/${id}`, { as: agent })
  refused(await read(draft), 404, 'not-found')
  refused(await read(randomUUID()), 404, 'not-found')
  expect(good(await read(withdrawn), 200, versionSchema).state).toBe('withdrawn')
})

test('a consultation keeps its version when a newer one comes into use, and the record shows the older words', async ({ openHouse }) => {
  const house = await openHouse()
  const { desk, call, consultation } = await open(house, 'sciatica')
  const newer = await addVersion(house, 'sciatica', 50, 'sample', (content) => {
    content.title = 'Sciatica, newly written'
  })
  expect((await desk.library()).versions.find((version) => version.topic === 'sciatica')?.versionId).toBe(newer)
  expect((await desk.get(call.id)).consultations[0]?.versionId).toBe(consultation.versionId)
  await desk.follow(call, consultation, { kind: 'shown' })
  expect((await desk.get(call.id)).trail.at(-1)?.versionId).toBe(consultation.versionId)
  expect((await desk.consult(call, 'sciatica')).versionId).toBe(newer)
})

test('a version that has left draft keeps its words and cannot be deleted, by anyone', async ({ house }) => {
  const { rows } = await house.pool.query<{ id: string }>("SELECT id FROM guidance_versions WHERE topic = 'opioids'")
  const id = rows[0]?.id
  for (const change of [`content = jsonb_set(content, '{title}', '"Changed"')`, "sources = '{}'", "topic = 'other'", 'number = 77', "content_hash = 'x'"])
    await expect(house.pool.query(`UPDATE guidance_versions SET ${change} WHERE id = $1`, [id]), change).rejects.toThrow('never changes')
  await expect(house.pool.query('DELETE FROM guidance_versions WHERE id = $1', [id])).rejects.toThrow('never deleted')
})

test('search puts the topic first that the words are about, forgives a slip of the finger, and keeps to its limit', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const search = async (query: string) => good(await ask(house, 'GET', `/api/v1/guidance/search?${query}`, { as: agent }), 200, searchAnswerSchema).results
  expect((await search('q=sciatica'))[0]?.topic).toBe('sciatica')
  expect((await search('q=siatica'))[0]?.topic).toBe('sciatica')
  expect((await search('q=scia'))[0]?.topic).toBe('sciatica')
  expect((await search('q=pain&limit=2')).length).toBeLessThanOrEqual(2)
  expect(await search('q=')).toEqual([])
  expect(await search('q=zzzzzzqqqq')).toEqual([])
  const scores = (await search('q=back+pain')).map((result) => result.score)
  expect(scores).toEqual([...scores].sort((a, b) => b - a))
  for (const query of ['q=x&limit=0', 'q=x&limit=51', 'q=x&limit=ten', `q=${'x'.repeat(201)}`])
    refused(await ask(house, 'GET', `/api/v1/guidance/search?${query}`, { as: agent }), 422, 'invalid-input')
})

test('the library comes whole, with a stamp that stands while nothing changes', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const library = async () => good(await ask(house, 'GET', '/api/v1/guidance/library', { as: agent }), 200, librarySchema)
  const [first, second] = [await library(), await library()]
  expect(second).toEqual(first)
  expect(first.versions.length).toBeGreaterThanOrEqual(15)
  expect(first.versions.every((version) => version.state === 'sample')).toBe(true)
})

test('a draft of an included topic cannot be followed in a call', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const { rows } = await house.pool.query<{ id: string }>(
    `INSERT INTO guidance_versions (id, topic, number, state, content, sources, content_hash)
     SELECT gen_random_uuid(), topic, 99, 'draft', content, sources, 'draft' FROM guidance_versions WHERE topic = 'cauda-equina-syndrome' RETURNING id`,
  )
  const call = await desk.start()
  const consultation = await desk.consult(call, 'back-pain')
  const inUse = (await desk.library()).versions.find((each) => each.topic === 'cauda-equina-syndrome')
  const blockId = inUse?.content.blocks.find((block) => block.type === 'safety-question')?.id
  const reply = await ask(house, 'POST', `/api/v1/calls/${call.id}/consultations/${consultation.id}/events`, {
    as: agent,
    body: { events: [{ kind: 'shown', versionId: rows[0]?.id, blockId }] },
  })
  expect(reply.status, reply.text).toBe(409)
  await desk.follow(call, consultation, { kind: 'shown', blockId, versionId: inUse?.versionId })
  expect((await desk.get(call.id)).trail.filter((event) => event.kind === 'shown')).toMatchObject([{ versionId: inUse?.versionId }])
})
