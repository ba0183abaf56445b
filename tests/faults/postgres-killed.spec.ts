/** `kill -9` of Postgres during calls with saves: the app stays up, comes back by itself, and nothing acknowledged is lost. */
import { setTimeout as wait } from 'node:timers/promises'
import { checkDiaries } from '../support/fault-check.ts'
import { openChance, roundsOr, roundsTimeout } from '../support/fault-rounds.ts'
import { expect, expectLive, test, untilReadiness } from '../support/fault-test.ts'
import { openDiaries, startWriters } from '../support/fault-writers.ts'

const ROUNDS = roundsOr(3)
const AGENTS = 8
/** The control must have seen a loss by then. */
const CONTROL_ROUNDS = 5

test('a Postgres that is killed with every process of its loses no acknowledged save, and the app outlives it', async ({ openFaultHouse, postgres }) => {
  test.setTimeout(roundsTimeout(ROUNDS))
  const chance = openChance('Postgres killed')
  const house = await openFaultHouse({ postgres })
  const diaries = await openDiaries(house, AGENTS)
  const writers = startWriters(house, diaries)
  for (let round = 0; round < ROUNDS; round += 1) {
    await writers.untilMore(10 + chance.below(60))
    await wait(chance.below(20))
    await postgres.kill()
    await untilReadiness(house, 503)
    await expectLive(house)
    await postgres.start()
    await untilReadiness(house, 200)
    await writers.untilMore(AGENTS * 2)
  }
  await writers.finish()
  expect(await checkDiaries(house, diaries)).toEqual([])
  expect(writers.failures().busy, 'the kills were felt').toBeGreaterThan(0)
  expect(writers.failures().unanswered, 'the app answered all along').toBe(0)
  expect(house.isRunning()).toBe(true)
})

test('control: with synchronous_commit off a kill loses acknowledged saves', async ({ openFaultHouse, postgres }) => {
  test.setTimeout(roundsTimeout(CONTROL_ROUNDS))
  const house = await openFaultHouse({ postgres })
  // The harness writes its people first: from here on nothing waits for the disk.
  const name = new URL(house.config.databaseUrl).pathname.slice(1)
  const lost: string[] = []
  for (let round = 0; lost.length === 0 && round < CONTROL_ROUNDS; round += 1) {
    const diaries = await openDiaries(house, AGENTS)
    await postgres.run(`ALTER DATABASE ${name} SET synchronous_commit = off`)
    await house.kill()
    await house.start()
    const writers = startWriters(house, diaries)
    await writers.untilMore(100)
    await postgres.kill()
    await writers.abandon()
    await postgres.start()
    lost.push(...(await checkDiaries(house, diaries)).filter((fault) => fault.startsWith('lost')))
    await postgres.run(`ALTER DATABASE ${name} RESET synchronous_commit`)
  }
  expect(lost).not.toEqual([])
})
