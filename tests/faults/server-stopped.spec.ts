/** SIGTERM under load: what is under way finishes, streams end, the process exits well, and the next one carries on. */
import { ask } from '../support/ask.ts'
import { deskOf } from '../support/desk.ts'
import { checkDiaries } from '../support/fault-check.ts'
import { expect, type FaultHouse, test } from '../support/fault-test.ts'
import { openDiaries, startWriters } from '../support/fault-writers.ts'
import { arrive } from '../support/people.ts'
import { openStream } from '../support/streams.ts'

// A server may take ten, and after eight it resets what is still open: a client that keeps its connection busy must not bring it there.
const EXIT_LIMIT_SECONDS = 7

/** Saves that the server has accepted and cannot answer yet: each waits for a row that the harness holds. */
async function holdSaves(house: FaultHouse, count: number) {
  const agents = await Promise.all(Array.from({ length: count }, (_, at) => arrive(house, `Held ${String.fromCharCode(97 + at)}`)))
  const calls = await Promise.all(agents.map((agent) => deskOf(house, agent).start()))
  const holder = await house.pool.connect()
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM calls WHERE id = ANY($1) FOR UPDATE', [calls.map((call) => call.id)])
  const answers = Promise.all(
    calls.map((call, at) =>
      ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as: agents[at], body: { notes: 'under way' }, ifMatch: call.version }).then(
        (reply) => reply.status,
        (error: Error) => error.message,
      ),
    ),
  )
  const waiting = async () => {
    const { rows } = await house.pool.query<{ count: string }>(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'callside' AND wait_event_type = 'Lock'",
    )
    return Number(rows[0]?.count)
  }
  await expect.poll(waiting, { intervals: [20] }).toBeGreaterThanOrEqual(count)
  return {
    answers,
    ids: calls.map((call) => call.id),
    async letGo() {
      await holder.query('COMMIT')
      holder.release()
    },
  }
}

const notesOf = async (house: FaultHouse, ids: readonly string[]) =>
  (await house.pool.query<{ notes: string }>('SELECT notes FROM calls WHERE id = ANY($1)', [ids])).rows.map((row) => row.notes)

test('a server that is asked to stop answers what it has accepted, ends its streams, exits with 0 in time, and the next carries on', async ({
  openFaultHouse,
}) => {
  const house = await openFaultHouse()
  const diaries = await openDiaries(house, 4)
  const streams = await Promise.all(diaries.map((diary) => openStream(house, diary.agent)))
  const writers = startWriters(house, diaries)
  await writers.untilMore(20)
  const held = await holdSaves(house, 3)

  const began = performance.now()
  const exit = house.stop()
  await Promise.all(streams.map((stream) => stream.ended))
  expect(house.isRunning(), 'it waits for what is under way').toBe(true)
  await held.letGo()
  expect(await held.answers).toEqual([200, 200, 200])
  expect(await exit).toBe(0)
  expect((performance.now() - began) / 1000).toBeLessThan(EXIT_LIMIT_SECONDS)

  await house.start()
  await writers.untilMore(diaries.length * 2)
  await writers.finish()
  expect(await checkDiaries(house, diaries)).toEqual([])
  expect(await notesOf(house, held.ids)).toEqual(['under way', 'under way', 'under way'])
})

test('control: a server that is killed instead answers nothing of what it has accepted', async ({ openFaultHouse }) => {
  const house = await openFaultHouse()
  const held = await holdSaves(house, 3)
  const exit = house.kill()
  await exit
  await held.letGo()
  expect(await held.answers).not.toContain(200)
  expect(await house.ended()).not.toBe(0)
})
