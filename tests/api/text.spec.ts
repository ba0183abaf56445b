import fc from 'fast-check'
import { NOTES_MAX } from '#lib/calls/terms.ts'
import { ask, newKey, refused, send } from '../support/ask.ts'
import { deskOf } from '../support/desk.ts'
import { arrive } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Any text that Unicode allows, with what trips programs up: joined emoji, right-to-left marks, combining marks, controls, formulas. */
const note = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '👩🏽‍⚕️',
        '\u202Eevil\u202C',
        'e\u0301\u0327',
        '\r\n',
        '\u2028',
        '\uFEFF',
        '\u007F\u0085',
        '=1+1',
        "Robert'); DROP TABLE calls;--",
        '<script>',
        '\\u0000',
        '%00',
        '\uFFFD',
        '\uFFFF',
        '𝔘',
        '  ',
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join('').replaceAll('\u0000', ''))

test('a note comes back exactly as it was typed, whatever it holds', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  let version = call.version
  await fc.assert(
    fc.asyncProperty(note, async (notes) => {
      const saved = await desk.change({ id: call.id, version }, { notes })
      version = saved.version
      expect(saved.notes).toBe(notes)
      expect((await desk.get(call.id)).notes).toBe(notes)
      const { rows } = await house.pool.query<{ notes: string }>('SELECT notes FROM calls WHERE id = $1', [call.id])
      expect(rows[0]?.notes).toBe(notes)
    }),
    { numRuns: 150 },
  )
})

test('sealed text comes back exactly too', async ({ house }) => {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  let escalation = await desk.escalate(await desk.start())
  await fc.assert(
    fc.asyncProperty(
      note.map((words) => words.slice(0, 400)).filter((words) => words !== '' && words.isWellFormed()),
      async (location) => {
        escalation = await desk.settle(escalation, { location })
        expect(escalation.location).toBe(location)
      },
    ),
    { numRuns: 50 },
  )
})

test('a NUL or half of a surrogate pair is refused in words, in every text there is, and nothing is kept', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const consultation = await desk.consult(call, 'back-pain')
  const escalation = await desk.escalate(call)
  const fields: [string, string, (text: string) => string, number?][] = [
    ['PATCH', `/calls/${call.id}`, (text) => `{"notes":"${text}"}`, 1],
    ['PATCH', `/calls/${call.id}`, (text) => `{"dispositionCode":"${text}"}`, 1],
    ...['reason', 'reference', 'outcomeReason', 'location', 'callbackNumber'].map((field): [string, string, (text: string) => string, number] => [
      'PATCH',
      `/escalations/${escalation.id}`,
      (text) => `{"${field}":"${text}"}`,
      1,
    ]),
    ['POST', `/calls/${call.id}/recording-events`, (text) => `{"kind":"paused","reason":"${text}"}`],
    ['POST', `/calls/${call.id}/escalations`, (text) => `{"reason":"${text}"}`],
    ['POST', `/calls/${call.id}/consultations`, (text) => `{"topic":"${text}"}`],
    ['POST', `/calls/${call.id}/consultations/${consultation.id}/events`, (text) => `{"events":[{"kind":"skipped","detail":"${text}"}]}`],
    ['POST', `/calls/${call.id}/consultations/${consultation.id}/events`, (text) => `{"events":[{"kind":"skipped","blockId":"${text}"}]}`],
  ]
  // Written as JSON writes them: the raw halves could not even be sent as UTF-8.
  for (const text of ['a\\u0000b', '\\ud800', 'x\\udc00', '\\udc00\\ud800'])
    for (const [method, path, body, ifMatch] of fields) {
      const reply = await ask(house, method, `/api/v1${path}`, { as: agent, rawBody: body(text), headers: JSON_TYPE, ifMatch })
      expect(refused(reply, 422, 'invalid-input').fields, `${method} ${path} ${body(text)}`).toMatchObject([{ message: expect.any(String) }])
    }
  expect(await desk.get(call.id)).toMatchObject({
    version: 1,
    notes: '',
    recording: [],
    trail: [{ kind: 'opened' }],
    escalations: [{ version: 1, reason: null }],
  })
})

test('a NUL in an address is a row that is not there', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  for (const path of [
    '/guidance/topics/%00',
    '/guidance/topics/back-pain%00',
    '/calls/%00',
    '/guidance/versions/%00',
    '/calls?disposition=%00',
    '/guidance/search?q=%00',
    '/calls?cursor=%00',
  ])
    expect([200, 404, 422], path).toContain((await ask(house, 'GET', `/api/v1${path}`, { as: agent })).status)
})

test('the longest note is kept, one character more is refused, and a megabyte is turned away', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const save = (notes: string, version: number) => ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, body: { notes }, ifMatch: version })
  const longest = '\u0001é漢'.repeat(Math.ceil(NOTES_MAX / 3)).slice(0, NOTES_MAX)
  expect((await save(longest, 1)).status, 'even where each character is six bytes of JSON').toBe(200)
  expect((await desk.get(call.id)).notes).toBe(longest)
  expect(refused(await save(`${longest}x`, 2), 422, 'invalid-input').fields).toMatchObject([{ field: 'notes' }])
  refused(await save('x'.repeat(1_048_576), 2), 413, 'too-large')
  expect((await desk.get(call.id)).version).toBe(2)
})

test('a long body is turned away without its length named, too', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const chunked = async (notes: string) => {
    const response = await send(house, 'PATCH', `/api/v1/calls/${call.id}`, {
      as: agent,
      ifMatch: 1,
      chunks: [`{"notes":"`, notes, `"}`],
      headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
    })
    response.resume()
    return response.statusCode
  }
  expect(await chunked('x'.repeat(1_048_576))).toBe(413)
  expect(await chunked('in three pieces')).toBe(200)
  expect((await desk.get(call.id)).notes).toBe('in three pieces')
})

test('a body that does not say it is JSON is refused: it would be lost with a good answer', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const body = '{"notes":"typed for nothing"}'
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json', 'application/json;', ''])
    refused(
      await ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, rawBody: body, ifMatch: 1, headers: type ? { 'content-type': type } : {} }),
      400,
      'bad-request',
    )
  for (const broken of ['{"notes":', 'notes', '', '{"notes":"\t"}'])
    refused(await ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, rawBody: broken, ifMatch: 1, headers: JSON_TYPE }), 400, 'bad-request')
  expect((await desk.get(call.id)).version).toBe(1)
  for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON'])
    expect(
      (await ask(house, 'POST', `/api/v1/calls/${call.id}/recording-events`, { as: agent, rawBody: '{"kind":"told"}', headers: { 'content-type': type } }))
        .status,
      type,
    ).toBe(201)
})

test('bytes that are no UTF-8 do not become a note of question marks', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const rawBody = Buffer.concat([Buffer.from('{"notes":"caf'), Buffer.from([0xe9]), Buffer.from('"}')])
  refused(await ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agent, rawBody, ifMatch: 1, headers: JSON_TYPE, key: newKey() }), 400, 'bad-request')
  expect((await desk.get(call.id)).notes).toBe('')
})
