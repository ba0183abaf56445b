/** What desk tests share: an agent at the desk in a real browser, and what a look at each state must show. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright/test'
import { sessionCookieName } from '#lib/access/cookies.ts'
import { deskOf } from '../support/desk.ts'
import type { House } from '../support/house.ts'
import { arrive, type SignedIn } from '../support/people.ts'
import { expect } from '../support/test.ts'

export type Look = { name: string; options: BrowserContextOptions }

export const DESK_SIZE = { width: 1366, height: 768 }

/** The four looks every state is checked in. */
export const LOOKS: readonly Look[] = [
  { name: 'light', options: { viewport: DESK_SIZE, colorScheme: 'light' } },
  { name: 'dark', options: { viewport: DESK_SIZE, colorScheme: 'dark' } },
  { name: 'forced colours', options: { viewport: DESK_SIZE, forcedColors: 'active' } },
  { name: '320 px', options: { viewport: { width: 320, height: 640 } } },
]

/** A browser in which this person is signed in. */
export async function browserOf(browser: Browser, house: House, person: SignedIn, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: DESK_SIZE, baseURL: house.baseUrl, ...options })
  await context.addCookies([{ name: sessionCookieName(house.config), value: person.token, url: house.baseUrl, httpOnly: true, sameSite: 'Strict' }])
  return context
}

export type AtDesk = { page: Page; agent: SignedIn; desk: ReturnType<typeof deskOf>; problems: string[] }

/** A new agent at the desk. `problems` fills with what the browser complained of, the content policy above all. */
export async function goToDesk(browser: Browser, house: House, options: BrowserContextOptions = {}, agent?: SignedIn): Promise<AtDesk> {
  const person = agent ?? (await arrive(house, 'Ama Agent'))
  const context = await browserOf(browser, house, person, options)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) problems.push(message.text())
  })
  await page.goto('/desk')
  await expect(
    page
      .getByRole('button', { name: 'Start call' })
      .or(page.getByRole('button', { name: 'End call' }))
      .first(),
  ).toBeEnabled()
  await expect(page.getByRole('option', { name: 'Back pain' }).or(page.getByText('Opened in this call')).first()).toBeAttached()
  return { page, agent: person, desk: deskOf(house, person), problems }
}

export async function startCall(page: Page) {
  await page.keyboard.press('F2')
  await expect(page.getByRole('button', { name: 'Caller told' })).toBeFocused()
}

/** Finds a topic by typing and opens the first result. */
export async function openTopic(page: Page, words: string, title: string) {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(words)
  await expect(page.getByRole('option').first()).toContainText(title)
  await page.keyboard.press('Enter')
}

/** Every question has been on the screen: only then may the rest be answered together. */
export async function goThroughQuestions(page: Page) {
  const together = page.getByRole('button', { name: /^No to the other/ })
  for (const question of await page.getByRole('group', { name: /^Safety question/ }).all()) await question.scrollIntoViewIfNeeded()
  await expect(together).toBeEnabled()
}

/** The emergency screen, all clear. */
export async function clearScreen(page: Page) {
  await expect(page.getByRole('heading', { level: 1, name: 'Emergency first screen' })).toBeFocused()
  await goThroughQuestions(page)
  await page.getByRole('button', { name: /^No to the other/ }).click()
  await page.getByRole('button', { name: /^All clear/ }).click()
}

/** Nothing axe can see is wrong, and nothing scrolls sideways. */
export async function expectSound(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
}

/** The log says that everything typed is on the server. */
export async function expectSaved(page: Page) {
  await expect(page.getByRole('region', { name: 'Call log' }).getByText(/^Saved \d\d:\d\d$/)).toBeVisible()
}

/** From the heading of the emergency screen to its first question. */
export async function beginQuestions(page: Page) {
  await expect(page.getByRole('heading', { level: 1, name: 'Emergency first screen' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(
    page
      .getByRole('group', { name: /^Safety question/ })
      .first()
      .getByRole('radio', { name: /Yes/ }),
  ).toBeFocused()
}
