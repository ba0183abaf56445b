import type { Page } from 'playwright/test'
import { hashToken, newToken } from '#lib/access/secrets.ts'
import type { House } from '../support/house.ts'
import { PASSWORD } from '../support/people.ts'
import { tryPassword } from '../support/sign-in.ts'
import { expect, expectAccessible, test } from './screens.ts'

test.use({ pages: true })

async function makeLink(house: House, lives = '1 day'): Promise<string> {
  const token = newToken()
  await house.pool.query('INSERT INTO set_up_links (token_hash, expires_at) VALUES ($1, now() + $2::interval)', [hashToken(token), lives])
  return token
}

async function fill(page: Page, fields: { name?: string; email?: string; password?: string }) {
  const { name = 'Mina Patel', email = 'mina@callside.example', password = PASSWORD } = fields
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Make the account' }).click()
}

const summary = (page: Page) => page.locator('.nhsuk-error-summary')
const spent = (page: Page) => page.getByText('This set-up link was used or has expired.')

test('the one-time link makes the first admin once, and its token travels in a body alone', async ({ openHouse, page }) => {
  const house = await openHouse({ pages: true })
  const token = await makeLink(house)
  const seen: string[] = []
  page.on('request', (request) => seen.push(`${request.url().split('#')[0]} ${JSON.stringify(request.headers())}`))
  await page.goto(`${house.baseUrl}/set-up#${token}`)
  await expectAccessible(page)
  await fill(page, {})
  await expect(page).toHaveURL(`${house.baseUrl}/sign-in`)
  expect(seen.filter((request) => request.includes(token))).toEqual([])
  expect(house.log()).not.toContain(token)
  expect((await tryPassword(house, 'mina@callside.example', PASSWORD)).status).toBe(200)

  await page.goto(`${house.baseUrl}/set-up#${token}`)
  await fill(page, { name: 'Eve', email: 'eve@callside.example' })
  await expect(spent(page)).toBeVisible()
  await expect(page.getByText('restart Callside on its server')).toBeVisible()
  await expectAccessible(page)
})

test('what is wrong is said beside its field, in a summary that takes focus', async ({ house, page }) => {
  const token = await makeLink(house)
  await page.goto(`${house.baseUrl}/set-up#${token}`)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(summary(page)).toBeFocused()
  await expect(page).toHaveTitle('Error: Set up · Callside')
  await fill(page, { email: 'not an address', password: 'too short' })
  await expect(summary(page)).toContainText('Enter an email address such as name@example.org')
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(/Use 15 characters or more.*Error: Use 15 characters or more/)
  await expect(page.getByLabel('Your name'), 'what was typed stays').toHaveValue('Mina Patel')
  await expectAccessible(page)
})

test('an expired link, and an address without one, say what to do', async ({ house, page }) => {
  await page.goto(`${house.baseUrl}/set-up`)
  await expect(spent(page)).toBeVisible()
  const token = await makeLink(house, '-1 minute')
  await page.goto(`${house.baseUrl}/set-up#${token}`)
  await fill(page, { email: 'late@callside.example' })
  await expect(spent(page)).toBeVisible()
  await page.getByRole('link', { name: 'sign in' }).click()
  await expect(page).toHaveURL(`${house.baseUrl}/sign-in`)
})
