/** The desk in a real browser, from the production build: what it downloads, how fast it finds, how fast the emergency card is there. */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { sessionCookieName } from '#lib/access/cookies.ts'
import { quantile, sortUp } from './load.ts'
import type { Stage } from './stage.ts'
import { PHRASES } from './work.ts'

type Spread = { count: number; p50: number; p95: number }
export type BrowserFigures = { browser: string; scripts: number; rawKb: number; gzipKb: number; search: Spread; keyToPaint: Spread; flag: Spread }

const CHECKOUT = path.resolve(import.meta.dirname, '..', '..')
const SEARCH_REPEATS = 3
const FLAG_REPEATS = 40

const spreadOf = (values: readonly number[]): Spread => {
  const sorted = sortUp(values)
  return { count: sorted.length, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) }
}

/** The desk's own search as it stands in the checkout, types stripped and nothing else changed, and what it imports, for a page to load. */
async function offerSearch(context: BrowserContext): Promise<void> {
  const search = stripTypeScriptTypes(readFileSync(path.join(CHECKOUT, 'lib', 'guidance', 'search.ts'), 'utf8'))
  await context.route('**/bench/*.js', (route) => {
    const name = path.basename(new URL(route.request().url()).pathname, '.js')
    const body = name === 'search' ? search.replace(/from '([a-z-]+)'/g, "from '/bench/$1.js'") : readFileSync(fileURLToPath(import.meta.resolve(name)), 'utf8')
    return route.fulfill({ contentType: 'text/javascript', body })
  })
}

/** Every script that comes until the desk is at rest, compressed here as a server would: 3 to 6 % more than its best. */
async function weighScripts(page: Page, open: () => Promise<unknown>): Promise<{ scripts: number; rawKb: number; gzipKb: number }> {
  const bodies = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.set(response.url(), response.body())
  })
  await open()
  const scripts = await Promise.all(bodies.values())
  const kb = (sizeOf: (script: Buffer) => number) => scripts.reduce((sum, script) => sum + sizeOf(script), 0) / 1000
  return { scripts: scripts.length, rawKb: kb((script) => script.length), gzipKb: kb((script) => gzipSync(script).length) }
}

/** Searches once for each letter typed, in the page, over the library the page can load. */
async function timeSearch(page: Page): Promise<Spread> {
  const took = await page.evaluate(
    async ({ phrases, repeats }) => {
      // The name is put together so that no tool takes it for a module of the checkout.
      const { buildIndex, searchIndex } = await import(['', 'bench', 'search.js'].join('/'))
      const library = await (await fetch('/api/v1/guidance/library')).json()
      const index = buildIndex(library.versions.map((version: { content: unknown }) => version.content))
      const times: number[] = []
      for (let repeat = 0; repeat <= repeats; repeat += 1)
        for (const phrase of phrases)
          for (let length = 1; length <= phrase.length; length += 1) {
            const began = performance.now()
            searchIndex(index, phrase.slice(0, length), 9)
            if (repeat > 0) times.push(performance.now() - began)
          }
      return times
    },
    { phrases: PHRASES, repeats: SEARCH_REPEATS },
  )
  return spreadOf(took)
}

/** Notes, for each press of a key, the milliseconds until the frame after it is on the screen; for F8 until the card also holds the focus. */
async function watchKeys(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: { key: string; milliseconds: number }[] = []
    Object.assign(window, { benchKeys: seen })
    const afterPaint = (act: () => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = act
        port2.postMessage(null)
      })
    addEventListener(
      'keydown',
      (event) => {
        // The components hand keys on to each other as events of their own.
        if (!event.isTrusted) return
        const note = () => seen.push({ key: event.key, milliseconds: performance.now() - event.timeStamp })
        const look = () => {
          const isThere = event.key !== 'F8' || document.activeElement?.id === 'emergency-heading'
          afterPaint(isThere ? note : look)
        }
        afterPaint(look)
      },
      { capture: true },
    )
  })
}

const notedKeys = (page: Page) => page.evaluate(() => (window as unknown as { benchKeys: { key: string; milliseconds: number }[] }).benchKeys.splice(0))

async function noted(page: Page, count: number): Promise<number[]> {
  await page.waitForFunction((least) => (window as unknown as { benchKeys: unknown[] }).benchKeys.length >= least, count)
  return (await notedKeys(page)).map((each) => each.milliseconds)
}

async function timeTyping(page: Page): Promise<Spread> {
  const took: number[] = []
  const field = page.getByRole('searchbox', { name: /Find guidance/ })
  for (const phrase of PHRASES) {
    await field.fill('')
    await field.pressSequentially(phrase)
    took.push(...(await noted(page, phrase.length)))
  }
  await field.fill('')
  return spreadOf(took)
}

async function timeFlag(page: Page): Promise<Spread> {
  const took: number[] = []
  for (let at = 0; at < FLAG_REPEATS; at += 1) {
    await page.keyboard.press('F8')
    took.push(...(await noted(page, 1)))
    await page.getByRole('button', { name: /Back to guidance/ }).click()
    await page.getByRole('heading', { name: /ring 999/ }).waitFor({ state: 'hidden' })
  }
  return spreadOf(took)
}

export async function measureBrowser(stage: Stage, executablePath: string | undefined): Promise<BrowserFigures> {
  const agent = stage.past.agents[0]
  if (!agent) throw new Error('nobody is there to sit at the desk')
  const isRoot = process.getuid?.() === 0
  // Chromium's sandbox does not run as root, and this one loads nothing but our own pages.
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: isRoot ? ['--no-sandbox'] : [] })
  try {
    // The policy of the page would not let the copy of the search in.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: sessionCookieName(stage.house.config), value: agent.token, url: stage.house.baseUrl }])
    await offerSearch(context)
    const page = await context.newPage()
    await watchKeys(page)
    const weight = await weighScripts(page, async () => {
      await page.goto(`${stage.house.baseUrl}/desk`)
      await page.getByRole('option').first().waitFor()
      await page.waitForTimeout(2_000)
    })
    await page.keyboard.press('F2')
    await page.getByRole('timer', { name: 'Call length' }).waitFor()
    await noted(page, 1)
    const keyToPaint = await timeTyping(page)
    const flag = await timeFlag(page)
    const search = await timeSearch(page)
    return { browser: `Chromium ${browser.version()}`, ...weight, search, keyToPaint, flag }
  } finally {
    await browser.close()
  }
}
