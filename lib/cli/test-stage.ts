/** What tests and benchmarks need around them: a build, a browser, and an empty Postgres of their own. */
import { randomBytes } from 'node:crypto'
import { findBrowser } from '#lib/cli/browser.ts'
import { buildScreens, isBuilt } from '#lib/cli/build.ts'
import { checkout, lockCheckout } from '#lib/cli/checkout.ts'
import { type EmbeddedPostgres, joinPostgres, openTestPlace, removeDatabase } from '#lib/cli/embedded-postgres.ts'
import { findHome } from '#lib/cli/postgres-place.ts'
import { closeAtEnd } from '#lib/cli/stopping.ts'
import { say, step } from '#lib/cli/terminal.mjs'
import { childEnvironment } from '#lib/env.ts'

/** Builds the screens unless they are built; waits for others who build or install here. */
export async function ensureBuilt(): Promise<void> {
  const lock = await lockCheckout()
  try {
    if (!isBuilt()) await step('Building the screens', () => buildScreens(lock))
  } finally {
    lock.release()
  }
}

/** Starts a fresh Postgres, finds a browser, and answers the environment that tells a test runner of both. All is gone again at the end. */
export async function openStage(): Promise<NodeJS.ProcessEnv> {
  const browser = await findBrowser()
  const home = findHome(checkout)
  const place = await openTestPlace(home)
  const opening = joinPostgres(place, randomBytes(24).toString('base64url'), say)
  const opened = opening.catch(() => undefined)
  let postgres: EmbeddedPostgres | undefined
  closeAtEnd({
    close: async () => {
      await (await opened)?.leave()
      await removeDatabase(place)
    },
    force: () => postgres?.leaveAtOnce(),
  })
  postgres = await step('Starting a database for the tests (embedded Postgres 18)', () => opening)
  return childEnvironment({
    CALLSIDE_TEST_DATABASE_URL: postgres.superuserUrl(),
    CALLSIDE_TEST_BROWSER: browser,
    // Settings of somebody's running Callside must not reach the servers that tests start.
    ...Object.fromEntries(
      ['DATABASE_URL', 'DATABASE_APP_URL', 'AUTH_SECRET', 'DATA_KEY', 'ORIGIN', 'HOST', 'PORT', 'NODE_ENV'].map((name) => [name, undefined]),
    ),
  })
}
