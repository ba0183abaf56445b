/** The desk while the server is away: guidance and the emergency card go on, and everything arrives once when it is back. */
import { openTopic } from '../console/at-desk.ts'
import { ARRIVED, answerFirst, expectSaved, expectUnsaved, look, lostWords, notesKept, openCall, readTrail } from '../support/fault-desk.ts'
import { openChance, roundsOr, roundsTimeout } from '../support/fault-rounds.ts'
import { expect, type FaultHouse, test } from '../support/fault-test.ts'

test.use({ pages: true })

const ROUNDS = roundsOr(3)
const EMERGENCY = /Emergency: ring 999 or go to A&E now/
const FIRST_QUESTION = 'emergency-first-screen.unconscious'

const secondOf = async (house: FaultHouse, callId: string) =>
  (await house.pool.query<{ second: number }>('SELECT extract(epoch FROM now() - started_at)::float8 AS second FROM calls WHERE id = $1', [callId])).rows[0]
    ?.second ?? Number.NaN

test('with the server away in mid-call the cards and the topics are there, and everything arrives in order, once, when it is back', async ({
  browser,
  openFaultHouse,
}) => {
  const house = await openFaultHouse({ pages: true })
  const { page, callId } = await openCall(browser, house)
  await house.kill()

  const card = page.getByRole('heading', { level: 1, name: EMERGENCY })
  await page.keyboard.press('F8')
  await expect(card).toBeFocused()
  await page.getByRole('button', { name: /^Back to guidance/ }).click()
  await openTopic(page, 'back pain', 'Back pain')
  await expect(page.getByRole('heading', { level: 1, name: 'Emergency first screen' })).toBeFocused()
  await answerFirst(page, 'y')
  await expect(card).toBeFocused()
  await page.getByLabel('Notes').fill('Before. While it was away.')
  await expectUnsaved(page)
  const away = await secondOf(house, callId)

  await house.start()
  await expectSaved(page)
  await expect(page.getByRole('group', { name: 'What came of it?' })).toBeVisible(ARRIVED)
  await expect.poll(() => readTrail(house, callId).then((trail) => trail.acts), ARRIVED).toHaveLength(2)

  expect(await notesKept(house, callId)).toBe('Before. While it was away.')
  const { acts, seconds, doubled } = await readTrail(house, callId)
  expect(acts).toEqual(['opened emergency-first-screen', `answered ${FIRST_QUESTION} yes`])
  expect(doubled).toEqual([])
  expect(Math.max(...seconds), 'each step has the second in which it was taken').toBeLessThanOrEqual(away)
  const { rows } = await house.pool.query<{ kind: string }>(
    "SELECT kind FROM audit_events e JOIN audit_chain c ON c.event_id = e.id WHERE call_id = $1 AND kind LIKE 'escalation.%' ORDER BY c.position",
    [callId],
  )
  expect(rows.map((row) => row.kind)).toEqual(['escalation.opened', 'escalation.joined'])
  const escalations = await house.pool.query('SELECT cause, urgency, second FROM escalations WHERE call_id = $1', [callId])
  expect(escalations.rows).toMatchObject([{ cause: 'agent', urgency: 'emergency' }])
  await expect(page.getByText('Not kept by the server:')).toBeHidden()
})

test('answers that are lost on their way to the desk make it try again, and nothing is done twice', async ({ browser, faultHouse: house, openProxy }) => {
  const proxy = await openProxy(house)
  const { page, callId } = await openCall(browser, proxy.house)
  const tries = new Map<string, number>()
  proxy.decide(({ method, path }) => {
    if (method === 'GET') return 'pass'
    const asked = `${method} ${path}`
    tries.set(asked, (tries.get(asked) ?? 0) + 1)
    // A browser by itself sends again what got no answer at all; half an answer is the desk's to deal with.
    return tries.get(asked) === 1 ? 'cut within' : tries.get(asked) === 2 ? 'cut after' : 'pass'
  })
  await openTopic(page, 'back pain', 'Back pain')
  await answerFirst(page, 'y')
  await expect(page.getByRole('heading', { level: 1, name: EMERGENCY })).toBeFocused()
  await page.getByLabel('Notes').fill('Before. Sent twice, kept once.')
  await expectSaved(page)
  await expect.poll(() => readTrail(house, callId).then((trail) => trail.acts), ARRIVED).toHaveLength(2)
  await expect(page.getByRole('group', { name: 'What came of it?' })).toBeVisible(ARRIVED)
  expect(proxy.spoilt(), 'a topic, its steps and a note, twice each').toBeGreaterThanOrEqual(6)

  const { acts, doubled } = await readTrail(house, callId)
  expect(acts).toEqual(['opened emergency-first-screen', `answered ${FIRST_QUESTION} yes`])
  expect(doubled).toEqual([])
  const { rows } = await house.pool.query('SELECT notes, version FROM calls WHERE id = $1', [callId])
  expect(rows).toEqual([{ notes: 'Before. Sent twice, kept once.', version: 3 }])
  await expect(page.getByText('Not kept by the server:')).toBeHidden()
  await page.getByLabel('Notes').fill('Before. Sent twice, kept once. And on.')
  await expect.poll(() => notesKept(house, callId), ARRIVED).toBe('Before. Sent twice, kept once. And on.')
})

test('control: a line that sends steps of the trail twice is found out', async ({ browser, faultHouse: house, openProxy }) => {
  const proxy = await openProxy(house)
  proxy.decide(({ method, path }) => (method === 'POST' && path.endsWith('/events') ? 'twice' : 'pass'))
  const { page, callId } = await openCall(browser, proxy.house)
  await openTopic(page, 'back pain', 'Back pain')
  await answerFirst(page, 'y')
  await expect.poll(() => readTrail(house, callId).then((trail) => trail.doubled)).toContain(`answered ${FIRST_QUESTION} yes`)
})

test('a server that is killed while the agent types loses nothing that the desk shows as saved, and has every word in the end', async ({
  browser,
  openFaultHouse,
}) => {
  test.setTimeout(roundsTimeout(ROUNDS))
  const chance = openChance('server killed under typing')
  const house = await openFaultHouse({ pages: true })
  const { page, callId } = await openCall(browser, house)
  const notes = page.getByLabel('Notes')
  let text = 'Before.'
  for (let round = 1; round <= ROUNDS; round += 1) {
    const words = ` Round ${round}: the pain began a week ago, after lifting.`
    const cut = chance.below(words.length)
    await notes.pressSequentially(words.slice(0, cut), { delay: 15 })
    const typing = notes.pressSequentially(words.slice(cut), { delay: 15 })
    await house.kill()
    expect(await lostWords(house, callId, await look(page))).toEqual([])
    await typing
    text += words
    await expect(notes).toHaveValue(text)
    await house.start()
    await expectSaved(page)
    expect(await lostWords(house, callId, await look(page))).toEqual([])
  }
  expect(await notesKept(house, callId)).toBe(text)
})

test('control: a line that acknowledges notes without passing them on is found out', async ({ browser, faultHouse: house, openProxy }) => {
  const proxy = await openProxy(house)
  const { page, callId } = await openCall(browser, proxy.house)
  proxy.decide(({ method }) => (method === 'PATCH' ? 'pretend' : 'pass'))
  await page.getByLabel('Notes').fill('Before. Swallowed.')
  await expect.poll(proxy.spoilt).toBe(1)
  await expectSaved(page)
  expect(await lostWords(house, callId, await look(page))).not.toEqual([])
})
