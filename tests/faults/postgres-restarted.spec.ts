/** A restart of Postgres under a running app with an open stream of live updates: the app listens again, and what came meanwhile arrives too. */
import { setTimeout as pause } from 'node:timers/promises'
import { deskOf } from '../support/desk.ts'
import { expect, expectLive, type FaultHouse, test, untilReadiness } from '../support/fault-test.ts'
import { arrive, makeTeam, type SignedIn } from '../support/people.ts'
import { openStream, type Stream, type StreamEvent } from '../support/streams.ts'

const BETWEEN_TRIES_MS = 50

/** Follows as a browser does: comes back with its cursor whenever the stream ends. */
function followAll(house: FaultHouse, as: SignedIn) {
  const streams: Stream[] = []
  const events = (): StreamEvent[] => streams.flatMap((stream) => stream.events)
  let isOpen = true
  const run = async () => {
    while (isOpen) {
      const cursor = events().findLast((event) => event.id !== null)?.id
      const stream = await openStream(house, as, cursor ? { 'last-event-id': cursor } : {}).catch(() => undefined)
      if (stream?.response.statusCode === 200) {
        streams.push(stream)
        await stream.ended
      } else await pause(BETWEEN_TRIES_MS)
    }
  }
  const running = run()
  return {
    news: (id: string) => events().filter((event) => event.event === 'change' && event.data.id === id).length,
    signsOfLife: () => events().filter((event) => event.event === 'still').length,
    openings: () => streams.length,
    async close() {
      isOpen = false
      streams.at(-1)?.close()
      await running
    },
  }
}

/** A supervisor follows a team of which one agent takes a call. */
async function openCall(house: FaultHouse) {
  const team = await makeTeam(house, 'North')
  const agent = await arrive(house, 'Ama', { team })
  const supervisor = await arrive(house, 'Sunita', { team, roles: ['supervisor'] })
  const desk = deskOf(house, agent)
  const follower = followAll(house, supervisor)
  await expect.poll(follower.openings).toBe(1)
  const call = await desk.start()
  await expect.poll(() => follower.news(call.id)).toBe(1)
  return { desk, call, follower }
}

for (const how of ['fast stop', 'smart stop'] as const)
  test(`after a ${how} and a start the app listens again, and a follower misses nothing`, async ({ openFaultHouse, postgres }) => {
    const house = await openFaultHouse({ postgres })
    const { desk, call, follower } = await openCall(house)
    postgres.ask(how)
    if (how === 'smart stop') {
      // It waits for every session to leave, and an app's never do: whoever runs it ends the waiting.
      await expect.poll(() => postgres.refuses()).toBe(true)
      await expectLive(house)
      postgres.ask('fast stop')
    }
    await untilReadiness(house, 503)
    await expectLive(house)
    await postgres.start()
    await untilReadiness(house, 200)
    // The first change after it, perhaps before the app listens again.
    await desk.act(call, 'hold')
    await expect.poll(() => follower.news(call.id), { timeout: 10_000 }).toBe(2)
    await desk.act(call, 'resume')
    await expect.poll(() => follower.news(call.id), { timeout: 10_000 }).toBe(3)
    expect(follower.openings(), 'the stream was ended by the gap').toBeGreaterThan(1)
    expect(house.isRunning()).toBe(true)
    await follower.close()
  })

test('control: an app that does not listen again tells nothing after the restart', async ({ openFaultHouse, postgres }) => {
  const house = await openFaultHouse({ postgres, without: 'listens once' })
  const { desk, call, follower } = await openCall(house)
  postgres.ask('fast stop')
  await untilReadiness(house, 503)
  await postgres.start()
  await untilReadiness(house, 200)
  // A stream lives to its first sign of life only once the app has dealt with the gap; by the next one a change would have been told.
  const before = follower.signsOfLife()
  await expect.poll(follower.signsOfLife, { timeout: 15_000 }).toBe(before + 1)
  await desk.act(call, 'hold')
  await expect.poll(follower.signsOfLife, { timeout: 15_000 }).toBe(before + 2)
  expect(follower.news(call.id)).toBe(1)
  await follower.close()
})
