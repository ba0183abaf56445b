/** The database of this checkout: the helpline's own, where DATABASE_URL names one, else the demo's. */
import { checkout, dataFolder } from '#lib/cli/checkout.ts'
import { openDemo } from '#lib/cli/demo.ts'
import type { EmbeddedPostgres } from '#lib/cli/embedded-postgres.ts'
import { closeAtEnd } from '#lib/cli/stopping.ts'
import { say, step } from '#lib/cli/terminal.mjs'
import { type Config, hasOutsideDatabase, readConfig } from '#lib/env.ts'

/** The settings, with a database that answers. The demo's is started or joined, and left again at the end. Call it with the checkout's lock held. */
export async function openDatabase(): Promise<Config> {
  if (hasOutsideDatabase()) return readConfig()
  const opening = openDemo(checkout, dataFolder)
  const opened = opening.then(
    ({ postgres }) => postgres,
    () => undefined,
  )
  // Registered at once: an early Ctrl+C waits for the start and undoes it.
  let postgres: EmbeddedPostgres | undefined
  closeAtEnd({
    close: async () => {
      postgres = await opened
      if (postgres) say((await postgres.leave()) ? 'The database is stopped.' : 'The database goes on: another server of this checkout uses it.')
    },
    force: () => postgres?.leaveAtOnce(),
  })
  const demo = await step('Starting the database (embedded Postgres 18)', () => opening)
  postgres = demo.postgres
  return readConfig(demo.defaults)
}
