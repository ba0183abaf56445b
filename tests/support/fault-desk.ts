/** An agent at a desk whose server goes away, and what they did and saw there against what the database has. */
import { type Browser, expect, type Page } from 'playwright/test'
import { goToDesk, startCall } from '../console/at-desk.ts'
import type { House } from './house.ts'
import type { SignedIn } from './people.ts'

/** The words of the save line and of the notes, at one moment. */
export type Seen = { line: string; notes: string }

const isSaved = (line: string) => /^Saved \d\d:\d\d$/.test(line)

/** As long as the desk's longest wait between two tries may make it. */
export const ARRIVED = { timeout: 25_000 }

const lineOf = (page: Page) => page.getByRole('region', { name: 'Call log' }).getByText(/^(Saved \d\d:\d\d|Not saved.*|Saving…)$/)

/** The log says that everything is on the server. */
export const expectSaved = (page: Page) => expect(lineOf(page).first()).toHaveText(/^Saved/, ARRIVED)
export const expectUnsaved = (page: Page) => expect(lineOf(page).first()).toHaveText('Not saved yet')

/** A new agent at the desk, which has come to life: what the browser itself asks for is there. */
export async function openDesk(browser: Browser, house: House, agent?: SignedIn) {
  const atDesk = await goToDesk(browser, house, {}, agent)
  await expect(atDesk.page.getByText('None finished yet today.')).toBeVisible()
  return atDesk
}

/** The caller is told about recording, and a first note is saved. */
export async function openCall(browser: Browser, house: House) {
  const atDesk = await openDesk(browser, house)
  const { page, agent } = atDesk
  await startCall(page)
  await page.keyboard.press('Space')
  await expect(page.getByText('caller told')).toBeVisible()
  await page.getByLabel('Notes').fill('Before.')
  await expectSaved(page)
  return { ...atDesk, callId: await findCallId(house, agent) }
}

/** Answers the first safety question of the topic that has just opened, by its key. */
export async function answerFirst(page: Page, key: 'y' | 'n') {
  await page.keyboard.press('Enter')
  await expect(
    page
      .getByRole('group', { name: /^Safety question/ })
      .first()
      .getByRole('radio')
      .first(),
  ).toBeFocused()
  await page.keyboard.press(key)
}

export async function findCallId(house: House, agent: { id: string }): Promise<string> {
  const { rows } = await house.pool.query<{ id: string }>('SELECT id FROM calls WHERE agent_id = $1', [agent.id])
  if (rows.length !== 1 || !rows[0]) throw new Error(`the agent has ${rows.length} calls`)
  return rows[0].id
}

export async function notesKept(house: House, callId: string): Promise<string> {
  const { rows } = await house.pool.query<{ notes: string }>('SELECT notes FROM calls WHERE id = $1', [callId])
  return rows[0]?.notes ?? ''
}

/** Both at once: between two looks the agent could have typed on. */
export const look = (page: Page): Promise<Seen> =>
  page.evaluate(() => ({
    line: document.querySelector('#desk-log header p')?.textContent ?? '',
    notes: document.querySelector<HTMLTextAreaElement>('#desk-log textarea')?.value ?? '',
  }))

/** What the desk showed as saved and the database does not have. */
export async function lostWords(house: House, callId: string, seen: Seen): Promise<string[]> {
  if (!isSaved(seen.line)) return []
  const kept = await notesKept(house, callId)
  return kept === seen.notes ? [] : [`shown as saved: "${seen.notes}"; kept: "${kept}"`]
}

type TrailRow = { deed: string; second: number }

/** The acts in a call's trail, in order, and what in it was kept twice. What merely came into view is no act. */
export async function readTrail(house: House, callId: string): Promise<{ acts: string[]; seconds: number[]; doubled: string[] }> {
  const { rows } = await house.pool.query<TrailRow>(
    `SELECT concat_ws(' ', t.kind, coalesce(t.block_id, v.topic), t.answer) AS deed, t.second
     FROM trail_events t JOIN guidance_versions v ON v.id = t.version_id WHERE t.call_id = $1 ORDER BY t.position`,
    [callId],
  )
  const deeds = rows.map((row) => row.deed)
  const acts = rows.filter((row) => !row.deed.startsWith('shown '))
  return {
    acts: acts.map((row) => row.deed),
    seconds: acts.map((row) => row.second),
    doubled: deeds.filter((deed, at) => deeds.indexOf(deed) !== at),
  }
}
