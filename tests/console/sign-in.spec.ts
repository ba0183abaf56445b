import type { Page } from 'playwright/test'
import { ask } from '../support/ask.ts'
import { arrive, disablePerson, makePerson, makeTeam, PASSWORD, signIn } from '../support/people.ts'
import { tryPassword } from '../support/sign-in.ts'
import { goToDesk, startCall } from './at-desk.ts'
import { enter, expect, expectAccessible, revoke, test } from './screens.ts'

test.use({ pages: true })

const password = (page: Page) => page.getByRole('textbox', { name: 'Password' })
const summary = (page: Page) => page.locator('.nhsuk-error-summary')

async function fill(page: Page, email: string, word: string) {
  await page.getByLabel('Email').fill(email)
  await password(page).fill(word)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test.describe('the sign-in page', () => {
  test('takes an agent to the desk and a supervisor to reviews, by keyboard alone', async ({ house, page, context }) => {
    const team = await makeTeam(house, 'Keyboard')
    for (const [role, place] of [
      ['agent', '/desk'],
      ['supervisor', '/reviews'],
    ] as const) {
      const person = await makePerson(house, `Keys ${role}`, { roles: [role], team })
      await context.clearCookies()
      await page.goto(`${house.baseUrl}/sign-in`)
      await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled()
      await page.keyboard.press('Tab')
      await page.keyboard.type(person.email)
      await page.keyboard.press('Tab')
      await page.keyboard.type(PASSWORD)
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(`${house.baseUrl}${place}`)
    }
  })

  test('says that samples are not for live calls, and lets password managers and paste do their work', async ({ house, page }) => {
    await page.goto(`${house.baseUrl}/sign-in`)
    await expect(page.getByText('Samples: not for live calls until your clinician has approved your guidance')).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveAttribute('autocomplete', 'username')
    await expect(password(page)).toHaveAttribute('autocomplete', 'current-password')
    await expect(password(page)).toHaveAttribute('type', 'password')
    await page.getByRole('button', { name: 'Show password' }).click()
    await expect(password(page)).toHaveAttribute('type', 'text')
    await page.getByRole('button', { name: 'Hide password' }).click()
    await expect(password(page)).toHaveAttribute('type', 'password')
    await expectAccessible(page)
  })

  test('names what is missing in a summary that takes focus and leads to the field', async ({ house, page }) => {
    await page.goto(`${house.baseUrl}/sign-in`)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(summary(page)).toBeFocused()
    await expect(page).toHaveTitle('Error: Sign in · Callside')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Enter your password' }).click()
    await expect(password(page)).toBeFocused()
    await expect(password(page)).toHaveAccessibleDescription('Error: Enter your password')
  })

  test('refuses unknown, disabled and wrong in the same words', async ({ house, page }) => {
    const wrong = await makePerson(house, 'Wrong Word')
    const disabled = await makePerson(house, 'Shut Out')
    await disablePerson(house, disabled)
    await page.goto(`${house.baseUrl}/sign-in`)
    const words: (string | null)[] = []
    for (const [email, word] of [
      [wrong.email, 'not this one at all'],
      [disabled.email, PASSWORD],
      ['nobody@callside.example', PASSWORD],
    ] as const) {
      await fill(page, email, word)
      await expect(summary(page)).toBeFocused()
      words.push(await page.getByRole('main').textContent())
    }
    expect(new Set(words).size).toBe(1)
    expect(words[0]).toContain('The email or the password is not right')
  })

  test('says how many seconds to wait after too many tries', async ({ house, page }) => {
    const person = await makePerson(house, 'Too Many')
    await Promise.all(Array.from({ length: 10 }, () => tryPassword(house, person.email, 'never the right one')))
    await page.goto(`${house.baseUrl}/sign-in`)
    await fill(page, person.email, PASSWORD)
    await expect(summary(page)).toContainText(/Too many tries\. Wait \d+ seconds/)
    await expectAccessible(page)
  })

  test('says so when the server cannot be reached, and keeps what was typed', async ({ house, page }) => {
    await page.goto(`${house.baseUrl}/sign-in`)
    await page.route('**/api/auth/**', (route) => route.abort())
    await fill(page, 'someone@callside.example', PASSWORD)
    await expect(summary(page)).toContainText('Callside cannot be reached')
    await expect(page.getByLabel('Email')).toHaveValue('someone@callside.example')
  })

  test('sends a signed-in person on, and tells a role without pages of its own what it can do', async ({ house, page, context }) => {
    const author = await arrive(house, 'Aled Author', { roles: ['author'] })
    await enter(context, house, author)
    await page.goto(`${house.baseUrl}/sign-in`)
    await expect(page).toHaveURL(`${house.baseUrl}/`)
    await expect(page.getByRole('main')).toContainText('you can read guidance through the API')
    await expect(page.getByRole('link').filter({ hasNotText: 'Skip' })).toHaveCount(0)
    await expectAccessible(page)
  })
})

test.describe('leaving', () => {
  test('signs every tab out, and the back button shows nothing', async ({ house, page, context }) => {
    const supervisor = await arrive(house, 'Leaving Lee', { roles: ['supervisor'] })
    await enter(context, house, supervisor)
    const other = await context.newPage()
    await other.goto(`${house.baseUrl}/reviews`)
    await page.goto(`${house.baseUrl}/nowhere`)
    await page.goto(`${house.baseUrl}/reviews`)
    await page.getByRole('button', { name: 'Leaving Lee' }).press('Enter')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`${house.baseUrl}/sign-in`)
    await expect(other).toHaveURL(`${house.baseUrl}/sign-in`)
    await page.goto(`${house.baseUrl}/reviews`)
    await expect(page).toHaveURL(`${house.baseUrl}/sign-in`)
    await page.goBack()
    await expect(page.getByRole('heading', { name: 'Your team’s calls' })).toHaveCount(0)
    expect((await ask(house, 'GET', '/api/v1/me', { as: supervisor })).status, 'a copied cookie is worth nothing').toBe(401)
  })

  test('ends the other sessions after asking, and not this one', async ({ house, page, context }) => {
    const here = await arrive(house, 'Two Places', { roles: ['supervisor'] })
    const there = await signIn(house, here)
    await enter(context, house, here)
    await page.goto(`${house.baseUrl}/reviews`)
    await page.getByRole('button', { name: 'Two Places' }).click()
    await page.getByRole('menuitem', { name: 'End my other sessions' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'End them' }).click()
    await expect(page.getByRole('dialog')).toContainText('1 other session was ended.')
    expect((await ask(house, 'GET', '/api/v1/me', { as: there })).status).toBe(401)
    expect((await ask(house, 'GET', '/api/v1/me', { as: here })).status).toBe(200)
  })

  test('is said plainly when the server does not hear it', async ({ house, page, context }) => {
    await enter(context, house, await arrive(house, 'Still Here', { roles: ['supervisor'] }))
    await page.goto(`${house.baseUrl}/reviews`)
    await page.route('**/api/auth/**', (route) => route.abort())
    await page.getByRole('button', { name: 'Still Here' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByText('You are still signed in: Callside cannot be reached.')).toBeVisible()
  })
})

test.describe('a session that ends', () => {
  test('is renewed over the page for the same person, who goes on where they were', async ({ house, page, context }) => {
    const supervisor = await arrive(house, 'Back Again', { roles: ['supervisor'] })
    await enter(context, house, supervisor)
    await page.goto(`${house.baseUrl}/reviews`)
    await revoke(house, supervisor)
    await page.getByLabel('Urgency').selectOption('emergency')
    const over = page.getByRole('dialog', { name: 'You are signed out. Your text is still here.' })
    await expect(over).toContainText('Emergency: tell the caller to ring 999 now')
    await expect(over.getByLabel('Email')).toHaveValue(supervisor.email)
    await expect(over.getByLabel('Email')).not.toBeEditable()
    await expect(password(page)).toBeFocused()
    await expectAccessible(page)
    await page.keyboard.type('not the right one')
    await page.keyboard.press('Enter')
    await expect(summary(page)).toBeFocused()
    await expect(summary(page)).toContainText('The password is not right')
    await page.keyboard.press('Escape')
    await expect(over, 'there is no way round it').toBeVisible()
    await password(page).fill(PASSWORD)
    await password(page).press('Enter')
    await expect(over).toHaveCount(0)
    await expect(page).toHaveURL(`${house.baseUrl}/reviews?urgency=emergency`)
    await expect(page.getByText('No call fits these filters.')).toBeVisible()
  })

  test('never stands between an agent and the emergency card', async ({ house, browser }) => {
    const { page, agent } = await goToDesk(browser, house)
    await startCall(page)
    const notes = page.getByRole('textbox', { name: 'Notes' })
    await notes.fill('first words')
    await revoke(house, agent)
    await expect(page.getByRole('region', { name: 'Signed out' })).toBeVisible()
    await notes.press('End')
    await page.keyboard.type(' and more', { delay: 100 })
    await expect(page.getByRole('dialog'), 'not while they type').toHaveCount(0)
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('F8')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('heading', { name: /ring 999/ })).toBeFocused()
    await expect(page.getByRole('region', { name: 'Signed out' })).toBeVisible()
    await page.getByRole('region', { name: 'Signed out' }).getByRole('button', { name: 'Sign in' }).click()
    await password(page).fill(PASSWORD)
    await password(page).press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('heading', { name: /ring 999/ })).toBeVisible()
    await expect(notes).toHaveValue('first words and more')
  })

  test('shows nothing of one person’s page to the next who signs in', async ({ house, page, context }) => {
    const first = await arrive(house, 'First Person', { roles: ['supervisor'] })
    const second = await makePerson(house, 'Second Person', { team: first.team })
    await enter(context, house, first)
    await page.goto(`${house.baseUrl}/reviews`)
    await expect(page.getByRole('button', { name: 'First Person' })).toBeVisible()
    await revoke(house, first)
    const other = await context.newPage()
    await other.goto(`${house.baseUrl}/sign-in`)
    await fill(other, second.email, PASSWORD)
    await expect(other).toHaveURL(`${house.baseUrl}/desk`)
    await expect(page).toHaveURL(`${house.baseUrl}/desk`)
    await expect(page.getByText('First Person')).toHaveCount(0)
  })
})

test('an address that leads nowhere says so, with what to do in an emergency', async ({ house, page }) => {
  const answer = await page.goto(`${house.baseUrl}/nowhere`)
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await expect(page.getByText('In an emergency tell the caller to ring 999 now.')).toBeVisible()
  await expectAccessible(page)
})
