/** What happened in a call reaches the server in order, each once, however often the line fails. */

import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { Outbox } from '#lib/desk/outbox.ts'
import { ApiProblem } from '#lib/http/client.ts'

type Fate = 'heard' | 'lost' | 'unheard' | 'busy'
const fate = fc.constantFrom<Fate>('heard', 'lost', 'unheard', 'busy')

async function until(outbox: Outbox, isDone: () => boolean) {
  while (!isDone()) {
    outbox.hurry()
    await turn()
  }
}

test('every write is done once and in order, with one key for all its tries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fate, { maxLength: 4 }), { minLength: 1, maxLength: 8 }), async (fates) => {
      const outbox = new Outbox()
      const done: number[] = []
      const seen = new Set<string>()
      const answers = fates.map((each, at) => {
        const left = [...each]
        const keys = new Set<string>()
        return outbox.add('a step', async ({ 'idempotency-key': key }) => {
          await turn()
          keys.add(key)
          expect(keys.size).toBe(1)
          const next = left.shift() ?? 'heard'
          if (next === 'lost') throw new ApiProblem(0, {})
          if (next === 'busy') throw new ApiProblem(503, {})
          if (!seen.has(key)) done.push(at)
          seen.add(key)
          if (next === 'unheard') throw new ApiProblem(0, {})
          return at
        })
      })
      await until(outbox, () => outbox.state.get().waiting === 0)
      expect(await Promise.all(answers)).toEqual(fates.map((_, at) => at))
      expect(done).toEqual(fates.map((_, at) => at))
      expect(outbox.state.get()).toEqual({ waiting: 0, isFailing: false, refused: [] })
    }),
    { numRuns: 150 },
  )
})

test('what is refused is set aside and told, and the rest goes on', async () => {
  const outbox = new Outbox()
  const refused = outbox.add('the escalation', () => Promise.reject(new ApiProblem(409, { title: 'The call is not in a state for that' })))
  const next = outbox.add('the guidance trail', async () => 'kept')
  await expect(refused).rejects.toThrow('The call is not in a state for that')
  expect(await next).toBe('kept')
  expect(outbox.state.get().refused).toMatchObject([{ label: 'the escalation', why: 'The call is not in a state for that' }])
})

test('an ended session makes it wait, not give up', async () => {
  const outbox = new Outbox()
  let isSignedIn = false
  const sent = outbox.add('a step', async () => {
    if (!isSignedIn) throw new ApiProblem(401, {})
    return 'sent'
  })
  for (let tries = 0; tries < 20; tries += 1) {
    outbox.hurry()
    await turn()
  }
  expect(outbox.state.get()).toMatchObject({ waiting: 1, isFailing: true, refused: [] })
  isSignedIn = true
  await until(outbox, () => outbox.state.get().waiting === 0)
  expect(await sent).toBe('sent')
})
