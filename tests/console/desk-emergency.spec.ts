/** An emergency at the desk is at once on screen, never lowered, never lost, and never in another call. */
import { expect, test } from '../support/test.ts'
import { beginQuestions, clearScreen, goToDesk, openTopic, startCall } from './at-desk.ts'

test.use({ pages: true })

test('an emergency answer puts the card up with focus, opens one escalation, and the call needs its outcome', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await openTopic(page, 'back pain', 'Back pain')
  await beginQuestions(page)
  await page.keyboard.press('u')
  const heading = page.getByRole('heading', { level: 1, name: /Emergency: ring 999 or go to A&E now/ })
  await expect(heading).toBeFocused()
  await expect(page.getByRole('group', { name: 'What came of it?' })).toBeVisible()

  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: 'The outcome of each escalation' })).toBeVisible()

  await page.getByRole('radio', { name: 'We rang 999' }).check()
  const [live] = (await desk.list('?phase=live')).calls
  expect((await desk.get(live?.id ?? '')).escalations).toMatchObject([{ outcome: null, urgency: 'emergency', cause: 'safety-question' }])
  await page.getByLabel('Reference of the 999 call (needed)').fill('C4821')
  await page.getByLabel('Where the caller is').fill('12 Green Lane')
  await page.getByLabel('Number to ring back').fill('020 7946 0999')
  await expect
    .poll(async () => (await desk.get(live?.id ?? '')).escalations)
    .toMatchObject([{ outcome: 'we-rang-999', reference: 'C4821', location: '12 Green Lane', callbackNumber: '020 7946 0999' }])
  const sealed = await house.pool.query('SELECT location_sealed, callback_sealed FROM escalations WHERE call_id = $1', [live?.id])
  expect(JSON.stringify(sealed.rows)).not.toContain('Green Lane')

  await page.getByRole('radio', { name: 'Self' }).check()
  await page.getByRole('radio', { name: 'Sent to urgent or emergency care' }).check()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('No call', { exact: true })).toBeVisible()
  expect((await desk.list('?phase=finished')).calls).toMatchObject([{ urgency: 'emergency', escalated: true }])
})

test('F8 inside a field raises the card at once, and a second press opens no second escalation', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.getByLabel('Notes').fill('Caller is faint')
  await page.keyboard.press('F8')
  await expect(page.getByRole('heading', { level: 1, name: /Emergency/ })).toBeFocused()
  await page.getByRole('button', { name: /^Back to guidance/ }).click()
  await page.keyboard.press('F8')
  await expect(page.getByRole('heading', { level: 1, name: /Emergency/ })).toBeFocused()
  const [live] = (await desk.list('?phase=live')).calls
  await expect.poll(async () => (await desk.get(live?.id ?? '')).escalations.length).toBe(1)
  await expect(page.getByLabel('Notes')).toHaveValue('Caller is faint')
})

test('F8 after a same-day answer raises the open escalation to an emergency', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await openTopic(page, 'back pain', 'Back pain')
  await clearScreen(page)
  await page.locator('[id="block-back-pain.cancer"]').getByRole('radio', { name: /Yes/ }).click()
  const [live] = (await desk.list('?phase=live')).calls
  await expect.poll(async () => (await desk.get(live?.id ?? '')).escalations.map((each) => each.urgency)).toEqual(['same-day'])
  await expect(page.getByText('Same-day escalation open: no outcome yet')).toBeVisible()
  await page.keyboard.press('F8')
  await expect.poll(async () => (await desk.get(live?.id ?? '')).escalations.map((each) => each.urgency)).toEqual(['emergency'])
  await expect(page.getByText('Emergency escalation open: no outcome yet')).toBeVisible()
})

test('F8 between calls goes with the next call, not with the one that has ended', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'End call' }).click()
  await expect(page.getByText('To finish', { exact: true })).toBeVisible()
  await page.keyboard.press('F8')
  await expect(page.getByRole('heading', { level: 1, name: /Emergency/ })).toBeFocused()
  await page.getByRole('button', { name: 'Start call' }).first().click()
  await expect.poll(async () => (await desk.list('?phase=live')).calls).toMatchObject([{ urgency: 'emergency', escalated: true }])
  await expect(page.getByRole('heading', { level: 1, name: /Emergency/ })).toBeVisible()
  expect((await desk.list('?phase=to-finish')).calls).toMatchObject([{ urgency: 'routine', escalated: false }])
})

test('a reload brings an open emergency back on screen', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('F8')
  const [live] = (await desk.list('?phase=live')).calls
  await expect.poll(async () => (await desk.get(live?.id ?? '')).escalations.length).toBe(1)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: /Emergency/ })).toBeVisible()
})

test('an emergency answer that is changed still counts: the screen is not called clear', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await openTopic(page, 'back pain', 'Back pain')
  await beginQuestions(page)
  await page.keyboard.press('y')
  await page.getByRole('button', { name: /^Back to guidance/ }).click()
  const first = page.getByRole('group', { name: /^Safety question/ }).first()
  await first.getByRole('radio', { name: /Yes/ }).focus()
  await page.keyboard.press('n')
  await expect(first.getByRole('radio', { name: /No/ })).toBeChecked()
  await expect(page.getByText('So far:')).toContainText('Emergency')
  await expect(page.getByRole('button', { name: /^All clear/ })).toHaveCount(0)
  const [live] = (await desk.list('?phase=live')).calls
  expect(live?.urgency).toBe('emergency')
})

test('words typed into an escalation are on the server before the call is finished', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('F8')
  await page.getByRole('radio', { name: 'Going to A&E' }).check()
  await page.getByRole('radio', { name: 'Test call' }).check()
  await page.getByLabel('Where the caller is').fill('7 Oak Lane')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('No call', { exact: true })).toBeVisible()
  const [item] = (await desk.list('?phase=finished')).calls
  expect((await desk.get(item?.id ?? '')).escalations).toMatchObject([{ outcome: 'going-to-a-and-e', location: '7 Oak Lane' }])
})
