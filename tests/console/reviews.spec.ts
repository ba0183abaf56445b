import type { Page } from 'playwright/test'
import { type Call, deskOf, finishedCall } from '../support/desk.ts'
import type { House } from '../support/house.ts'
import { arrive, type SignedIn } from '../support/people.ts'
import { auditAfter, auditPosition } from '../support/rows.ts'
import { enter, expect, expectAccessible, test } from './screens.ts'

test.use({ pages: true })

async function makeTeamOf(house: House, name: string) {
  const supervisor = await arrive(house, `${name} Supervisor`, { roles: ['supervisor'] })
  const agent = await arrive(house, `${name} Agent`, { team: supervisor.team })
  return { supervisor, agent, desk: deskOf(house, agent) }
}

/** Copies of a finished call, each a minute older than the last; or one at a named instant. */
async function copyCall(house: House, call: Call, count: number, startedAt: string | null = null): Promise<void> {
  await house.pool.query(
    `INSERT INTO calls SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'reference', 'CPY-' || substr(md5(c.id::text || n), 1, 8),
       'started_at', coalesce($3::timestamptz, c.started_at - n * interval '1 minute')))).*
     FROM calls c, generate_series(1, $2) n WHERE c.id = $1`,
    [call.id, count, startedAt],
  )
}

async function openList(page: Page, house: House, supervisor: SignedIn, query = '') {
  await enter(page.context(), house, supervisor)
  await page.goto(`${house.baseUrl}/reviews${query}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The server's page shows rows before the filters answer: React has taken them over once it keeps its props on them.
  await page.waitForFunction(() => Object.keys(document.querySelector('select') ?? {}).some((key) => key.startsWith('__reactProps')))
}

const rows = (page: Page) => page.getByRole('table').locator('tbody').getByRole('row')

test.describe('the list of calls', () => {
  test('says in words and shapes what each call was, and in the empty state what will come', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Words')
    await openList(page, house, supervisor)
    await expect(page.getByRole('heading', { name: 'No calls yet' })).toBeVisible()
    await expectAccessible(page)
    const call = await desk.start()
    await desk.record(call, 'objected')
    await desk.escalate(call)
    const row = rows(page).filter({ hasText: call.reference })
    await expect(row, 'it comes by itself').toContainText('Today')
    await expect(row).toContainText('Live now')
    await expect(row).toContainText('Words Agent')
    await expect(row).toContainText('Emergency')
    await expect(row).toContainText('Objected, may be recorded')
    await expect(row.getByRole('cell').last()).toContainText('Yes')
    await expectAccessible(page)
  })

  test('filters from the address and at once, without taking focus', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Filters')
    const plain = await finishedCall(desk)
    const urgent = await desk.start()
    await desk.escalate(urgent, 'same-day')
    await openList(page, house, supervisor)
    await expect(rows(page)).toHaveCount(2)
    const urgency = page.getByLabel('Urgency')
    await urgency.focus()
    await page.keyboard.press('s')
    await expect(page).toHaveURL(`${house.baseUrl}/reviews?urgency=same-day`)
    await expect(urgency).toBeFocused()
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page)).toContainText(urgent.reference)
    await expect(page.getByRole('status').first()).toHaveText('1 call')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(rows(page)).toHaveCount(2)
    await expect(page.getByLabel('Agent')).toBeFocused()

    for (const [query, reference] of [
      ['?recording=not-told', urgent.reference],
      ['?escalated=true', urgent.reference],
      ['?escalated=false', plain.reference],
      ['?disposition=information', plain.reference],
    ] as const) {
      await page.goto(`${house.baseUrl}/reviews${query}`)
      await expect(rows(page)).toHaveCount(1)
      await expect(rows(page)).toContainText(reference)
    }
    await page.goto(`${house.baseUrl}/reviews?agent=${supervisor.id}`)
    await expect(page.getByText('No call fits these filters.')).toBeVisible()
    await page.getByRole('button', { name: 'Show all calls' }).click()
    await expect(rows(page)).toHaveCount(2)
    await page.goto(`${house.baseUrl}/reviews?urgency=nonsense&from=2026-02-31&agent=me`)
    await expect(rows(page), 'what cannot be a filter is passed over').toHaveCount(2)
  })

  test('counts days in the helpline’s own zone', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Zone')
    // Half past midnight on 2 July in London.
    await copyCall(house, await finishedCall(desk), 1, '2026-07-01T23:30:00Z')
    await openList(page, house, supervisor, '?from=2026-07-02&to=2026-07-02')
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page)).toContainText('Thu 2 Jul 2026 00:30')
    await page.goto(`${house.baseUrl}/reviews?from=2026-07-01&to=2026-07-01`)
    await expect(page.getByText('No call fits these filters.')).toBeVisible()
    await page.goto(`${house.baseUrl}/reviews?from=2026-07-02&to=2026-07-01`)
    await expect(page.getByLabel('To')).toHaveAccessibleDescription('This is before the first day')
    await expectAccessible(page)
  })

  test('turns pages by keyset, with the cursor in the address', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Pages')
    const newest = await finishedCall(desk)
    await copyCall(house, newest, 60)
    await openList(page, house, supervisor)
    await expect(rows(page)).toHaveCount(50)
    await page.getByRole('link', { name: 'Older calls' }).press('Enter')
    await expect(page).toHaveURL(/\/reviews\?cursor=/)
    await expect(rows(page)).toHaveCount(11)
    await page.reload()
    await expect(rows(page), 'the address is enough').toHaveCount(11)
    await page.getByRole('link', { name: 'Newest calls' }).press('Enter')
    await expect(rows(page)).toHaveCount(50)
    await expect(rows(page).first()).toContainText(newest.reference)
    await page.goBack()
    await expect(rows(page)).toHaveCount(11)
  })

  test('says when it could not be loaded, and loads when asked again', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Away')
    await finishedCall(desk)
    await openList(page, house, supervisor)
    await page.route('**/api/v1/calls?**', (route) => route.abort())
    await page.getByLabel('Recording').selectOption('recorded')
    await expect(page.getByText('The calls could not be loaded.')).toBeVisible({ timeout: 15_000 })
    await expectAccessible(page)
    await page.unroute('**/api/v1/calls?**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(rows(page)).toHaveCount(1)
  })

  test('is for supervisors: an agent is told so, and the signed-out are sent away', async ({ house, page, context }) => {
    await page.goto(`${house.baseUrl}/reviews`)
    await expect(page).toHaveURL(`${house.baseUrl}/sign-in`)
    await enter(context, house, await arrive(house, 'Only Agent'))
    await page.goto(`${house.baseUrl}/reviews`)
    await expect(page.getByRole('heading', { name: 'Only supervisors review calls' })).toBeVisible()
    await expectAccessible(page)
  })
})

/** A call with one of everything, finished. */
async function fullCall(desk: ReturnType<typeof deskOf>): Promise<Call> {
  const call = await desk.start()
  await desk.record(call, 'told')
  const backPain = await desk.consult(call, 'back-pain')
  await desk.follow(
    call,
    backPain,
    { kind: 'shown', blockId: 'back-pain.opening' },
    { kind: 'shown', blockId: 'back-pain.cancer' },
    { kind: 'read-out', blockId: 'back-pain.opening' },
    { kind: 'shown', blockId: 'back-pain.cancer', detail: 'reworded' },
    { kind: 'answered', blockId: 'back-pain.cancer', answer: 'unsure' },
    { kind: 'answered', blockId: 'back-pain.cancer-legs', answer: 'no' },
    { kind: 'undone', blockId: 'back-pain.cancer-legs' },
    { kind: 'skipped', blockId: 'back-pain.fever-weight' },
    { kind: 'card-shown' },
    { kind: 'closed' },
  )
  await desk.record(call, 'objected')
  await desk.record(call, 'stopped')
  const [escalation] = (await desk.get(call.id)).escalations
  if (!escalation) throw new Error('an unsure answer at same-day opened no escalation')
  await desk.settle(escalation, {
    destination: 'gp-today',
    consent: 'given',
    reason: 'Cancer in 2019',
    outcome: 'accepted',
    location: '12 Green Lane',
    callbackNumber: '01632 960123',
  })
  await desk.change(call, { caller: 'carer', dispositionCode: 'urgent', notes: 'Daughter ringing.\n\n  - weak legs\n  - cancer 2019' })
  await desk.act(call, 'end')
  return desk.act(call, 'finish')
}

const QUESTION = 'Do you have cancer, or have you ever had it?'

test.describe('a call’s record', () => {
  test('tells the whole call in order, in the words the agent saw, and is opened by keyboard', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Record')
    const call = await fullCall(desk)
    await openList(page, house, supervisor)
    await page.getByRole('link', { name: call.reference }).press('Enter')
    const title = page.getByRole('heading', { level: 1, name: `Call ${call.reference}` })
    await expect(title).toBeFocused()
    await expect(page.getByText('Opening this record was written to the audit trail.')).toBeVisible()

    const summary = page.getByRole('region', { name: 'Summary' })
    for (const words of ['Record Agent', 'Finished', 'Same day', 'Sent to urgent or emergency care', 'Carer or family', 'Back pain'])
      await expect(summary).toContainText(words)

    const recording = page.getByRole('region', { name: 'Recording' })
    await expect(recording).toContainText('Notice to be read out, version 1')
    await expect(recording).toContainText('our calls are recorded')
    await expect(recording.getByRole('listitem')).toHaveText([/caller told about recording/, /Caller objected/, /Agent confirmed that recording was stopped/])

    const escalations = page.getByRole('region', { name: 'Escalations' })
    for (const words of ['GP, today', 'Accepted by the service', 'Cancer in 2019', 'Given', '12 Green Lane', '01632 960123', 'in the audit trail'])
      await expect(escalations).toContainText(words)

    const timeline = page.getByRole('region', { name: 'Timeline' })
    await expect(timeline.locator('> ol > li')).toHaveText([
      /Call started/,
      /caller told about recording/,
      /Opened: Back pain, version 1 \(sample, approved by nobody\)/,
      /Marked read out: Say.*I will ask a few safety questions first/s,
      /in other words.*Has a doctor ever told you/s,
      /Answer recorded: Unsure\s*Same day.*Do you have cancer/s,
      /Answer recorded: No.*weakness or numbness in a leg/s,
      /Taken back: Safety question.*weakness or numbness in a leg/s,
      /Marked skipped: Safety question.*temperature or shivers/s,
      /Emergency card shown/,
      /Closed: Back pain/,
      /2 blocks shown/,
      /Escalation opened by an answer: Same day/,
      /Caller objected/,
      /Agent confirmed that recording was stopped/,
      /Escalation outcome: Accepted by the service/,
      /Call ended/,
      /Record finished/,
    ])
    await expect(timeline).not.toContainText(/\b(given|heard by)\b/)
    const shown = timeline.getByRole('group').getByText(QUESTION)
    await expect(shown).toBeHidden()
    await timeline.getByText('2 blocks shown').click()
    await expect(shown).toBeVisible()
    const notes = page.getByRole('region', { name: 'Notes' }).getByText('Daughter ringing.')
    expect(await notes.textContent()).toBe('Daughter ringing.\n\n  - weak legs\n  - cancer 2019')
    await expect(notes, 'white space is kept').toHaveCSS('white-space', 'pre-wrap')
    await expectAccessible(page)
  })

  test('is read once for each opening: not by the list, not by a live update', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Audit')
    const call = await finishedCall(desk)
    const reads = async (after: number) =>
      (await auditAfter(house.pool, after)).filter(({ kind, actor_id }) => kind === 'call.read' && actor_id === supervisor.id)
    const before = await auditPosition(house.pool)
    await openList(page, house, supervisor)
    await page.getByRole('link', { name: call.reference }).hover()
    const live = await desk.start()
    await expect(rows(page).filter({ hasText: live.reference })).toBeVisible()
    expect(await reads(before)).toHaveLength(0)
    await page.getByRole('link', { name: call.reference }).click()
    await expect(page.getByRole('heading', { level: 1, name: `Call ${call.reference}` })).toBeVisible()
    await page.getByRole('link', { name: 'Your team’s calls' }).click()
    await desk.record(live, 'told')
    await expect(rows(page).filter({ hasText: live.reference })).toContainText('Recorded, told')
    expect(await reads(before)).toEqual([expect.objectContaining({ call_id: call.id })])
  })

  test('of a call that still goes on says so, and loads again when asked', async ({ house, page }) => {
    const { supervisor, desk } = await makeTeamOf(house, 'Open')
    const call = await desk.start()
    await openList(page, house, supervisor)
    await page.getByRole('link', { name: call.reference }).click()
    await expect(page.getByText('This record is still being written.')).toBeVisible()
    await expectAccessible(page)
    await desk.record(call, 'told')
    await page.getByRole('button', { name: 'Load it again' }).click()
    await expect(page.getByRole('region', { name: 'Recording' })).toContainText('Marked as told')
  })

  test('of another team, or of no call, does not exist', async ({ house, page, context }) => {
    const theirs = await makeTeamOf(house, 'Theirs')
    const call = await finishedCall(theirs.desk)
    const { supervisor } = await makeTeamOf(house, 'Ours')
    await enter(context, house, supervisor)
    for (const id of [call.id, '01890000-0000-7000-8000-000000000000', 'nonsense']) {
      const answer = await page.goto(`${house.baseUrl}/reviews/${id}`)
      expect(answer?.status()).toBe(404)
      await expect(page.getByRole('heading', { name: 'No such call' })).toBeVisible()
      await expect(page.getByText(call.reference)).toHaveCount(0)
    }
    await expectAccessible(page)
  })

  test('whose page fails shows no innards, and what to do', async ({ openHouse, page, context }) => {
    const house = await openHouse({ pages: true })
    const { supervisor, desk } = await makeTeamOf(house, 'Broken')
    const call = await finishedCall(desk)
    await enter(context, house, supervisor)
    await house.pool.query('ALTER TABLE helpline RENAME TO helpline_away')
    await page.goto(`${house.baseUrl}/reviews/${call.id}`)
    await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible()
    await expect(page.getByText('In an emergency tell the caller to ring 999 now.')).toBeVisible()
    await expect(page.getByRole('main')).not.toContainText(/helpline_away|relation|stack|digest/)
    await expectAccessible(page)
    await house.pool.query('ALTER TABLE helpline_away RENAME TO helpline')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('heading', { level: 1, name: `Call ${call.reference}` })).toBeVisible()
  })
})
