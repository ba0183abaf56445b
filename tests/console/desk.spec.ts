/** The agent's day at the desk, in Chromium, by role and label. */
import { expect, test } from '../support/test.ts'
import { beginQuestions, clearScreen, expectSaved, goToDesk, openTopic, startCall } from './at-desk.ts'

test.use({ pages: true })

test('a whole call by keyboard alone, from hello to finished', async ({ browser, house }) => {
  const { page, desk, problems } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await expect(page.getByText('caller told')).toBeVisible()

  await openTopic(page, 'back pain', 'Back pain')
  await expect(page.getByRole('heading', { level: 1, name: 'Emergency first screen' })).toBeFocused()
  await page.keyboard.press('Enter')
  for (const question of await page.getByRole('group', { name: /^Safety question/ }).all()) {
    await expect(question.getByRole('radio', { name: /Yes/ })).toBeFocused()
    await page.keyboard.press('n')
    await expect(question.getByRole('radio', { name: /No/ })).toBeChecked()
  }
  await page.keyboard.press('Tab')
  const goOn = page.getByRole('button', { name: 'All clear: go on to Back pain' })
  while (!(await goOn.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Back pain' })).toBeFocused()

  await page.keyboard.press('F6')
  await expect(page.getByRole('region', { name: 'Call log' })).toBeFocused()
  const notes = page.getByLabel('Notes')
  while (!(await notes.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.type('Sore back for a week after gardening.')
  await expectSaved(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('1')
  await expect(page.getByRole('radio', { name: 'Self' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('1')
  await expect(page.getByRole('radio', { name: 'Information given' })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('No call', { exact: true })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Information given' })).toBeVisible()

  const [item] = (await desk.list('?phase=finished')).calls
  const record = await desk.get(item?.id ?? '')
  expect(record).toMatchObject({
    state: 'finished',
    told: 'told',
    recorded: true,
    caller: 'self',
    notes: 'Sore back for a week after gardening.',
    urgency: 'routine',
  })
  expect(record.consultations.map((each) => each.topic)).toEqual(['emergency-first-screen', 'back-pain'])
  const answers = record.trail.filter((event) => event.kind === 'answered')
  expect(answers).toHaveLength(10)
  expect(new Set(answers.map((event) => event.answer))).toEqual(new Set(['no']))
  expect(record.trail.some((event) => event.kind === 'shown' && event.blockId?.startsWith('emergency-first-screen.'))).toBe(true)
  expect(problems).toEqual([])
})

test('a silent call takes three keys, and asks for signs of danger on the same screen', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('1')
  await expect(page.getByRole('group', { name: 'Any sign of danger, illness or fear?' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('No call', { exact: true })).toBeVisible()
  const [item] = (await desk.list('?phase=finished')).calls
  expect(item).toMatchObject({ dispositionCode: 'silent', dispositionLabel: 'Silent call', state: 'finished' })
  // The chord is spent on finishing: it must not also press the button that has focus.
  expect((await desk.get(item?.id ?? '')).recording).toEqual([])
})

test('a same-day question is put in other words at the first unsure, and counts as yes at the second', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await openTopic(page, 'back pain', 'Back pain')
  await clearScreen(page)
  const cancer = page.locator('[id="block-back-pain.cancer"]')
  const words = await cancer.locator('legend').textContent()
  await cancer.getByRole('radio', { name: /Unsure/ }).click()
  await expect(cancer.getByText('Asked again in other words.')).toBeVisible()
  expect(await cancer.locator('legend').textContent()).not.toBe(words)
  const [live] = (await desk.list('?phase=live')).calls
  expect((await desk.get(live?.id ?? '')).urgency).toBe('routine')
  await page
    .locator('[id="block-back-pain.cancer"]')
    .getByRole('radio', { name: /Unsure/ })
    .click()
  await expect.poll(async () => desk.get(live?.id ?? '')).toMatchObject({ urgency: 'same-day', escalations: [{ urgency: 'same-day', outcome: null }] })
  await expect(page.getByText('So far:')).toContainText('Same day')
})

test('skipping the emergency screen is an act that the record shows', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await openTopic(page, 'sciatica', 'Sciatica')
  await page.getByRole('button', { name: 'Skip the screen…' }).click()
  await page.getByRole('radio', { name: /Already asked/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sciatica' })).toBeFocused()
  const [live] = (await desk.list('?phase=live')).calls
  await expect.poll(async () => (await desk.get(live?.id ?? '')).trail.find((event) => event.kind === 'screen-skipped')?.detail).toBe('asked-already')
})

test('an objection is unknown, treat as recording, until the agent confirms that it stopped', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.getByRole('button', { name: 'Caller objects' }).click()
  await expect(page.getByText('Recording may still be running: stop it on the phone, then confirm.')).toBeVisible()
  await expect(page.getByText('Unknown: treat as recording', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'It is stopped' }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  const [live] = (await desk.list('?phase=live')).calls
  expect(live).toMatchObject({ recorded: true, objected: true, recordingState: 'stopped' })
})

test('a pause has its reason, and F9 resumes it', async ({ browser, house }) => {
  const { page } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await page.keyboard.press('F9')
  await page.getByRole('radio', { name: 'Card details' }).click()
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  await page.keyboard.press('F9')
  await expect(page.getByText('Recording', { exact: true })).toBeVisible()
})

test('a reload and a second browser bring the same live call back with every word', async ({ browser, house }) => {
  const { page, agent } = await goToDesk(browser, house)
  await startCall(page)
  await page.keyboard.press('Space')
  await openTopic(page, 'back pain', 'Back pain')
  await beginQuestions(page)
  await page.keyboard.press('n')
  await page.getByLabel('Notes').fill('Words that must come back')
  await expectSaved(page)
  await page.reload()
  await expect(page.getByLabel('Notes')).toHaveValue('Words that must come back')
  await expect(page.getByRole('heading', { level: 1, name: 'Emergency first screen' })).toBeVisible()
  await expect(
    page
      .getByRole('group', { name: /^Safety question/ })
      .first()
      .getByRole('radio', { name: /No/ }),
  ).toBeChecked()

  const second = await goToDesk(browser, house, {}, agent)
  await expect(second.page.getByLabel('Notes')).toHaveValue('Words that must come back')
})

test('a call that has ended is to finish, does not block the next, and keeps its own words', async ({ browser, house }) => {
  const { page, desk } = await goToDesk(browser, house)
  await startCall(page)
  await page.getByLabel('Notes').fill('First caller')
  await page.getByRole('button', { name: 'End call' }).click()
  await expect(page.getByText('To finish', { exact: true })).toBeVisible()
  await expect(page.getByLabel('Notes')).toHaveValue('First caller')
  await page.getByRole('button', { name: 'Start call' }).click()
  await expect(page.getByLabel('Notes')).toHaveValue('')
  await expect(page.getByRole('button', { name: 'Caller told' })).toBeFocused()
  await page.getByLabel('Notes').fill('Second caller')
  await expectSaved(page)
  await page.getByRole('button', { name: 'End call' }).click()
  await expect(page.getByText('To finish', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /No ending chosen yet/ }).click()
  await expect(page.getByLabel('Notes')).toHaveValue('First caller')
  const notes = await Promise.all((await desk.list('?phase=to-finish')).calls.map(async (call) => (await desk.get(call.id)).notes))
  expect(notes).toEqual(['Second caller', 'First caller'])
})

test('with no approved guidance the desk says so, and the emergency card works', async ({ browser, house }) => {
  const { arrive } = await import('../support/people.ts')
  const { browserOf } = await import('./at-desk.ts')
  const agent = await arrive(house, 'Nia New', { isDemo: false })
  const page = await (await browserOf(browser, house, agent)).newPage()
  await page.goto('/desk')
  await expect(page.getByText('No approved guidance yet.', { exact: false }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start call' }).first()).toBeEnabled()
  await page.keyboard.press('F8')
  await expect(page.getByRole('heading', { level: 1, name: /Emergency/ })).toBeFocused()
})

test('search finds as the agent types, says how many, and Escape clears', async ({ browser, house }) => {
  const { page } = await goToDesk(browser, house)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('pregabalin')
  await expect(page.getByRole('option').first()).toContainText('Gabapentin and pregabalin')
  await expect(page.getByRole('status').first()).toHaveText(/topics? found/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('searchbox', { name: /Find guidance/ })).toHaveValue('')
})
