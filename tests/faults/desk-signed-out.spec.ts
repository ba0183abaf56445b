/** A session that ends in mid-call: the sign-in comes over the page, and what was typed and done goes on after it. */
import type { Browser, Locator, Page, Route } from 'playwright/test'
import { openTopic } from '../console/at-desk.ts'
import { ARRIVED, answerFirst, expectSaved, look, lostWords, notesKept, openCall, readTrail } from '../support/fault-desk.ts'
import { expect, test } from '../support/fault-test.ts'
import type { House } from '../support/house.ts'
import { PASSWORD } from '../support/people.ts'

test.use({ pages: true })

const TYPED = 'Before. Typed as the session ended.'
const FIRST_QUESTION = 'emergency-first-screen.unconscious'

/** Holds back what the page sends until the session is over. */
async function holdWrites(page: Page): Promise<{ held(): number; letGo(): Promise<void> }> {
  const held: Route[] = []
  let isOpen = false
  await page.route('**/api/v1/calls/**', async (route) => {
    if (isOpen || route.request().method() === 'GET') return route.continue()
    held.push(route)
  })
  return {
    held: () => held.length,
    async letGo() {
      isOpen = true
      await Promise.all(held.map((route) => route.continue()))
    },
  }
}

/** The agent types and answers; before any of it has reached the server the session is ended in the database. */
async function endSession(browser: Browser, house: House) {
  const atDesk = await openCall(browser, house)
  const { page, agent, callId } = atDesk
  await openTopic(page, 'back pain', 'Back pain')
  await expect(page.getByRole('heading', { level: 1, name: 'Emergency first screen' })).toBeFocused()
  await expect.poll(() => readTrail(house, callId).then((trail) => trail.acts)).toHaveLength(1)

  const writes = await holdWrites(page)
  await answerFirst(page, 'n')
  await page.getByLabel('Notes').fill(TYPED)
  await expect.poll(writes.held, { message: 'the answer and the note are on their way' }).toBeGreaterThanOrEqual(2)
  await house.pool.query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [agent.sessionId])
  await writes.letGo()
  const dialog = page.getByRole('dialog', { name: 'You are signed out. Your text is still here.' })
  await expect(dialog).toBeVisible()
  return { page, callId, dialog }
}

async function signInAgain(dialog: Locator) {
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('a session that is ended in mid-call is renewed over the page, and the notes and the trail arrive after it', async ({ browser, faultHouse: house }) => {
  const { page, callId, dialog } = await endSession(browser, house)
  await expect(page.locator('#desk-log textarea')).toHaveValue(TYPED)
  expect(await notesKept(house, callId)).toBe('Before.')
  await signInAgain(dialog)
  await expect(dialog).toBeHidden()
  await expectSaved(page)
  await expect
    .poll(() => readTrail(house, callId).then((trail) => trail.acts), ARRIVED)
    .toEqual(['opened emergency-first-screen', `answered ${FIRST_QUESTION} no`])
  expect((await readTrail(house, callId)).doubled).toEqual([])
  expect(await notesKept(house, callId)).toBe(TYPED)
  await expect(page.getByLabel('Notes')).toHaveValue(TYPED)
})

test('F8 puts the emergency card before the sign-in, and its escalation is there once the agent is back', async ({ browser, faultHouse: house }) => {
  const { page, callId, dialog } = await endSession(browser, house)
  await page.keyboard.press('F8')
  await expect(page.getByRole('heading', { level: 1, name: /Emergency: ring 999/ })).toBeFocused()
  await expect(dialog).toBeHidden()
  await page.getByRole('region', { name: 'Signed out' }).getByRole('button', { name: 'Sign in' }).click()
  await signInAgain(dialog)
  await expect(page.getByRole('group', { name: 'What came of it?' })).toBeVisible(ARRIVED)
  const { rows } = await house.pool.query('SELECT cause, urgency FROM escalations WHERE call_id = $1', [callId])
  expect(rows).toEqual([{ cause: 'agent', urgency: 'emergency' }])
})

test('control: words that were dropped on the way after the sign-in are found out', async ({ browser, faultHouse: house, openProxy }) => {
  const proxy = await openProxy(house)
  const { page, callId, dialog } = await endSession(browser, proxy.house)
  proxy.decide(({ method }) => (method === 'PATCH' ? 'pretend' : 'pass'))
  await signInAgain(dialog)
  await expectSaved(page)
  expect(await lostWords(house, callId, await look(page))).not.toEqual([])
})
