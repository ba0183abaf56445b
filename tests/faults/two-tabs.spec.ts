/** Two tabs of one agent, both typing: each text is shown to the one who typed second, and no choice throws anything away. */
import type { Browser, Page, Route } from 'playwright/test'
import { startCall } from '../console/at-desk.ts'
import { expectSaved, findCallId, notesKept, openDesk } from '../support/fault-desk.ts'
import { expect, test } from '../support/fault-test.ts'
import type { House } from '../support/house.ts'

test.use({ pages: true })

const MINE = 'Second tab: numb since this morning.'
const THEIRS = 'First tab: sore for a week.'

/** Holds back the saves of one tab until the other has saved. */
async function holdSaves(page: Page): Promise<{ isHeld(): boolean; letGo(): Promise<void> }> {
  const held: Route[] = []
  let isOpen = false
  await page.route('**/api/v1/calls/*', async (route) => {
    if (isOpen || route.request().method() !== 'PATCH') return route.continue()
    held.push(route)
  })
  return {
    isHeld: () => held.length > 0,
    async letGo() {
      isOpen = true
      await Promise.all(held.map((route) => route.continue()))
    },
  }
}

/** Both tabs have typed from the same version; the first has saved, and the second's save is on its way. */
async function typeInBoth(browser: Browser, house: House) {
  const { page: first, agent } = await openDesk(browser, house)
  await startCall(first)
  const second = await first.context().newPage()
  await second.goto('/desk')
  await expect(second.getByLabel('Notes')).toHaveValue('')
  const saves = await holdSaves(second)
  await second.getByLabel('Notes').fill(MINE)
  await expect.poll(saves.isHeld).toBe(true)
  await first.getByLabel('Notes').fill(THEIRS)
  await expectSaved(first)
  await saves.letGo()
  return { second, callId: await findCallId(house, agent) }
}

/** Which of both texts are on the page or in the database. */
async function surviving(page: Page, house: House, callId: string): Promise<string[]> {
  const shown = await page
    .locator('#desk-log')
    .evaluate((log) => [log.textContent, ...Array.from(log.querySelectorAll('textarea'), (field) => field.value)].join('\n'))
  const kept = await notesKept(house, callId)
  return [MINE, THEIRS].filter((text) => shown.includes(text) || kept.includes(text))
}

const CHOICES = [
  { button: 'Keep mine', kept: MINE, aside: THEIRS },
  { button: 'Take theirs', kept: THEIRS, aside: MINE },
  { button: 'Keep both', kept: `${THEIRS}\n\n${MINE}`, aside: null },
] as const

for (const { button, kept, aside } of CHOICES)
  test(`a conflict between two tabs shows both texts, and “${button}” discards neither`, async ({ browser, faultHouse: house }) => {
    const { second, callId } = await typeInBoth(browser, house)
    const conflict = second.getByRole('alertdialog', { name: 'These notes were changed elsewhere' })
    await expect(conflict.getByText(MINE)).toBeVisible()
    await expect(conflict.getByText(THEIRS)).toBeVisible()
    await conflict.getByRole('button', { name: button }).click()
    await expect(second.getByLabel('Notes')).toHaveValue(kept)
    await expectSaved(second)
    expect(await notesKept(house, callId)).toBe(kept)
    expect(await surviving(second, house, callId)).toEqual([MINE, THEIRS])
    if (!aside) return
    await second.getByText('The other text is still here').click()
    await second.getByRole('button', { name: 'Add it to the notes' }).click()
    await expect(second.getByLabel('Notes')).toHaveValue(`${kept}\n\n${aside}`)
    await expect.poll(() => notesKept(house, callId)).toBe(`${kept}\n\n${aside}`)
  })

test('control: a line that makes a stale save from the newest version is found out', async ({ browser, faultHouse: house, openProxy }) => {
  const proxy = await openProxy(house)
  proxy.decide(({ method }) => (method === 'PATCH' ? 'overwrite' : 'pass'))
  const { second, callId } = await typeInBoth(browser, proxy.house)
  await expect.poll(() => notesKept(house, callId)).toBe(MINE)
  expect(await surviving(second, house, callId)).toEqual([MINE])
})
