/** Backends that are ended under the app, idle and at work: it answers 503, comes back by itself, and never exits. */
import { checkDiaries } from '../support/fault-check.ts'
import { openChance, roundsOr, roundsTimeout } from '../support/fault-rounds.ts'
import { expect, expectLive, type FaultHouse, test, untilReadiness } from '../support/fault-test.ts'
import { openDiaries, startWriters } from '../support/fault-writers.ts'

const ROUNDS = Math.max(20, roundsOr(20))

/** Ends every connection of the app's, one by one, and says what each was doing. */
async function endBackends(house: FaultHouse, from: number): Promise<string[]> {
  const { rows } = await house.pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'callside' ORDER BY pid",
  )
  const states: string[] = []
  for (const { pid } of [...rows.slice(from), ...rows.slice(0, from)]) {
    const found = await house.pool.query<{ state: string | null }>('SELECT state FROM pg_stat_activity WHERE pid = $1', [pid])
    await house.pool.query('SELECT pg_terminate_backend($1)', [pid])
    states.push(...found.rows.map(({ state }) => state ?? 'unknown'))
  }
  return states
}

test('ending every backend of the app, one by one and 20 times under load, ends no process and loses nothing', async ({ openFaultHouse }) => {
  test.setTimeout(roundsTimeout(ROUNDS / 4))
  const chance = openChance('backends terminated')
  const house = await openFaultHouse()
  const diaries = await openDiaries(house, 8)
  const writers = startWriters(house, diaries)
  const states = new Set<string>()
  for (let round = 0; round < ROUNDS; round += 1) {
    await writers.untilMore(5 + chance.below(20))
    for (const state of await endBackends(house, chance.below(20))) states.add(state)
    await expectLive(house)
  }
  await writers.untilMore(diaries.length * 2)
  await untilReadiness(house, 200)
  await writers.finish()
  expect(house.isRunning()).toBe(true)
  expect([...states], 'some were idle').toContain('idle')
  expect(
    [...states].some((state) => state !== 'idle'),
    'some were at work',
  ).toBe(true)
  expect(writers.failures().busy, 'the agents felt it').toBeGreaterThan(0)
  expect(writers.failures().unanswered, 'each try was answered').toBe(0)
  expect(await checkDiaries(house, diaries)).toEqual([])
})

test('control: a pool that does not hear of broken connections takes the process with it', async ({ openFaultHouse }) => {
  const house = await openFaultHouse({ without: 'deaf pool' })
  await openDiaries(house, 2)
  await endBackends(house, 0)
  expect(await house.ended()).not.toBe(0)
  expect(house.isRunning()).toBe(false)
})
