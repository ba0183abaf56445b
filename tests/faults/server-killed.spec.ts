/** `kill -9` of the server while agents save: what was acknowledged is there, once, and the rest arrives by its retries. */
import { setTimeout as wait } from 'node:timers/promises'
import { checkDiaries } from '../support/fault-check.ts'
import { openChance, roundsOr, roundsTimeout } from '../support/fault-rounds.ts'
import { expect, test } from '../support/fault-test.ts'
import { openDiaries, startWriters } from '../support/fault-writers.ts'

const ROUNDS = roundsOr(5)
const AGENTS = 6

test('a server that is killed at any moment loses no acknowledged save and doubles none', async ({ openFaultHouse }) => {
  test.setTimeout(roundsTimeout(ROUNDS))
  const chance = openChance('server killed')
  const house = await openFaultHouse()
  const diaries = await openDiaries(house, AGENTS)
  const writers = startWriters(house, diaries)
  for (let round = 0; round < ROUNDS; round += 1) {
    await writers.untilMore(10 + chance.below(40))
    // Somewhere within a save, not at its end.
    await wait(chance.below(30))
    const before = writers.failures()
    await house.kill()
    await house.start()
    await writers.untilMore(AGENTS * 2)
    expect(writers.failures().unanswered, 'the kill was felt').toBeGreaterThan(before.unanswered)
  }
  await writers.finish()
  expect(await checkDiaries(house, diaries)).toEqual([])
  expect(diaries.every((diary) => diary.lines.length > ROUNDS)).toBe(true)
})

test('control: a line that acknowledges saves without passing them on is found out', async ({ openFaultHouse, openProxy }) => {
  const house = await openFaultHouse()
  const proxy = await openProxy(house)
  const diaries = await openDiaries(house, 2)
  let saves = 0
  proxy.decide(({ method }) => {
    if (method === 'PATCH') saves += 1
    return method === 'PATCH' && saves > 10 ? 'pretend' : 'pass'
  })
  const writers = startWriters(proxy.house, diaries)
  await writers.untilMore(40)
  await writers.finish()
  expect(proxy.spoilt()).toBeGreaterThan(0)
  expect((await checkDiaries(house, diaries)).filter((fault) => fault.startsWith('lost line'))).not.toEqual([])
})
