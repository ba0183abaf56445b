/** What the tests of screens start from: a house with its pages, a visitor's cookie, and the checks that every state must pass. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright/test'
import { sessionCookieName } from '#lib/access/cookies.ts'
import type { House } from '../support/house.ts'
import type { SignedIn } from '../support/people.ts'
import { test as base, expect } from '../support/test.ts'

export { expect }

type ForTest = {
  /** Fails a test whose pages broke the content security policy or threw. */
  quiet: undefined
}

export const test = base.extend<ForTest>({
  viewport: { width: 1366, height: 768 },
  quiet: [
    async ({ context }, use) => {
      const faults: string[] = []
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) faults.push(message.text())
      })
      context.on('weberror', (event) => faults.push(String(event.error())))
      await use(undefined)
      expect(faults, 'pages are quiet').toEqual([])
    },
    { auto: true },
  ],
})

/** Gives a browser this person's session. */
export async function enter(context: BrowserContext, house: House, person: SignedIn): Promise<void> {
  await context.addCookies([{ name: sessionCookieName(house.config), value: person.token, url: house.baseUrl, httpOnly: true, sameSite: 'Strict' }])
}

/** Ends a session as if by another device. */
export async function revoke(house: House, person: SignedIn): Promise<void> {
  await house.pool.query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [person.sessionId])
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const LOOKS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', media: { colorScheme: 'light', forcedColors: 'active' } },
] as const

/** No violation of WCAG 2.2 AA that axe can see, in each look, and no sideways scroll at 320 px (1280 px at 400 %). */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { name, media } of LOOKS) {
    await page.emulateMedia(media)
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
    expect(found, `axe, ${name}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null })
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), 'nothing is wider than 320 px').toBeLessThanOrEqual(320)
  if (before) await page.setViewportSize(before)
}
