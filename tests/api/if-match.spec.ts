import fc from 'fast-check'
import { callSchema } from '#lib/calls/schema.ts'
import { escalationSchema } from '#lib/escalations/schema.ts'
import { ask, good, refused } from '../support/ask.ts'
import { type Call, clearLive, deskOf } from '../support/desk.ts'
import { arrive, type SignedIn, signIn } from '../support/people.ts'
import { expect, type House, test } from '../support/test.ts'

const save = (house: House, as: SignedIn, call: { id: string }, notes: string, ifMatch?: number | string) =>
  ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as, body: { notes }, ifMatch })

test('a change without the version it was made from is refused', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const escalation = await desk.escalate(call)
  for (const ifMatch of [undefined, '', '*', '"one"', '-1', '"1" "2"', '1.0', '9999999999']) {
    refused(await save(house, agent, call, 'x', ifMatch), 428, 'version-missing')
    refused(await ask(house, 'PATCH', `/api/v1/escalations/${escalation.id}`, { as: agent, body: {}, ifMatch }), 428, 'version-missing')
  }
  expect((await desk.get(call.id)).version).toBe(1)
  for (const [index, ifMatch] of ['1', '"2"', 'W/"3"'].entries())
    expect(good(await save(house, agent, call, `as ${ifMatch}`, ifMatch), 200, callSchema).version).toBe(index + 2)
})

test('the answer’s ETag is the version that the next change names', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const call = await deskOf(house, agent).start()
  const saved = await save(house, agent, call, 'one', 1)
  expect(saved.headers.etag).toBe('"2"')
  good(await save(house, agent, call, 'two', String(saved.headers.etag)), 200, callSchema)
  expect((await ask(house, 'GET', `/api/v1/calls/${call.id}`, { as: agent })).headers.etag).toBe('"3"')
})

test('a stale save gets both versions and the whole current text, in declared fields only', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  await desk.change(call, { notes: 'theirs' })
  const problem = refused(await save(house, agent, call, 'mine', 1), 412, 'version-stale')
  expect(problem.yours).toBe(1)
  expect(callSchema.strict().parse(problem.current)).toMatchObject({ notes: 'theirs', version: 2 })
  expect(problem.current).not.toHaveProperty('teamId')
  expect((await desk.get(call.id)).notes).toBe('theirs')
  refused(await save(house, agent, call, 'from the future', 9), 412, 'version-stale')

  const escalation = await desk.escalate(call)
  await desk.settle(escalation, { destination: '999', location: 'Swindon' })
  const stale = await ask(house, 'PATCH', `/api/v1/escalations/${escalation.id}`, { as: agent, body: { destination: 'nhs-111' }, ifMatch: 1 })
  const current = escalationSchema.strict().parse(refused(stale, 412, 'version-stale').current)
  expect(current).toMatchObject({ destination: '999', location: 'Swindon', version: 2 })
  expect(stale.text).not.toMatch(/sealed/i)
})

test('the version counts what a PATCH can change and nothing else', async ({ house }) => {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const call = await desk.start()
  await desk.record(call, 'told')
  const consultation = await desk.consult(call, 'back-pain')
  await desk.follow(call, consultation, { kind: 'shown' })
  const escalation = await desk.escalate(call, 'same-day')
  expect((await desk.escalate(call, 'emergency')).version).toBe(escalation.version)
  await desk.settle(escalation)
  await desk.act(call, 'hold')
  await desk.act(call, 'end')
  expect((await desk.get(call.id)).version).toBe(1)
  expect((await desk.change(call, { notes: 'still from version 1', dispositionCode: 'test' })).version).toBe(2)
  expect((await desk.act(call, 'finish')).version).toBe(2)
})

/** One of two browsers of the same agent. It holds the text it last saw, as a desk does. */
type Writer = { session: SignedIn; seen: { version: number; notes: string } }
type Step = { writer: 0 | 1; act: 'look' | 'save'; word: string }

const step: fc.Arbitrary<Step> = fc.record({
  writer: fc.constantFrom(0 as const, 1 as const),
  act: fc.constantFrom('look' as const, 'save' as const, 'save' as const),
  word: fc.stringMatching(/^[a-z]{3,8}$/),
})

async function twoWriters(house: House, agent: SignedIn): Promise<{ call: Call; writers: [Writer, Writer] }> {
  await clearLive(house, agent)
  const call = await deskOf(house, agent).start()
  const seen = { version: call.version, notes: call.notes }
  return {
    call,
    writers: [
      { session: agent, seen },
      { session: await signIn(house, agent), seen },
    ],
  }
}

test('however two browsers look and save in turn, nothing is overwritten that its writer had not seen', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const { call, writers } = await twoWriters(house, agent)
      let truth = { version: call.version, notes: call.notes }
      for (const { writer, act, word } of steps) {
        const { session, seen } = writers[writer]
        if (act === 'look') {
          const { version, notes } = await deskOf(house, session).get(call.id)
          expect({ version, notes }).toEqual(truth)
          writers[writer].seen = truth
          continue
        }
        const mine = `${seen.notes} ${word}`
        const reply = await save(house, session, call, mine, seen.version)
        if (seen.version === truth.version) {
          const { version, notes } = good(reply, 200, callSchema)
          expect({ version, notes }).toEqual({ version: truth.version + 1, notes: mine })
          truth = { version, notes }
        } else {
          const { yours, current } = refused(reply, 412, 'version-stale')
          expect(yours).toBe(seen.version)
          expect(current).toMatchObject(truth)
        }
        writers[writer].seen = truth
      }
    }),
    { numRuns: 25 },
  )
})

test('of two browsers that save at the same moment, every acknowledged word is in the note at the end', async ({ house }) => {
  const agent = await arrive(house, 'Ama')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 2, maxLength: 5 }), async (rounds) => {
      const { call, writers } = await twoWriters(house, agent)
      const acknowledged: string[] = []
      const write = async (writer: Writer, name: string) => {
        for (const [round, extra] of rounds.entries()) {
          const word = `${name}-${round}-${extra}`
          for (let isSaved = false; !isSaved; ) {
            const reply = await save(house, writer.session, call, `${writer.seen.notes} ${word}`, writer.seen.version)
            isSaved = reply.status === 200
            const current = isSaved ? reply.body : refused(reply, 412, 'version-stale').current
            const { version, notes } = callSchema.parse(current)
            writer.seen = { version, notes }
          }
          acknowledged.push(word)
        }
      }
      await Promise.all([write(writers[0], 'left'), write(writers[1], 'right')])
      const { notes, version } = await deskOf(house, agent).get(call.id)
      expect(notes.trim().split(' ').sort()).toEqual(acknowledged.sort())
      expect(version).toBe(1 + acknowledged.length)
    }),
    { numRuns: 15 },
  )
})
