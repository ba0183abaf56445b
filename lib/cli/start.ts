/** `npm start`: from a bare checkout to a server that says where to go and how to sign in. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { buildScreens, isBuilt } from '#lib/cli/build.ts'
import { checkout, dataFolder, joinServers, lockCheckout } from '#lib/cli/checkout.ts'
import { openDemo, provisionalDefaults } from '#lib/cli/demo.ts'
import type { EmbeddedPostgres } from '#lib/cli/embedded-postgres.ts'
import { readRecord } from '#lib/cli/records.ts'
import { closeAtEnd, expectEnd, isEnding, runCommand } from '#lib/cli/stopping.ts'
import { Fault, say, secondsSince, step } from '#lib/cli/terminal.mjs'
import { type Config, hasOutsideDatabase, readConfig, setProductionMode } from '#lib/env.ts'

type DemoAccount = { role: string; email: string; password: string }

const SAMPLES = 'Samples: not for live calls until your clinician has approved your guidance.'

function portFault(config: Config, error: unknown): unknown {
  const code = (error as { code?: string }).code
  if (code === 'EADDRINUSE') {
    return new Fault(
      `Port ${config.port} is in use. If that is Callside, it is at ${config.origin} already. Otherwise end what uses the port, or choose another: PORT=${config.port + 1} npm start`,
    )
  }
  if (code === 'EACCES') return new Fault(`Port ${config.port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`)
  if (code === 'EADDRNOTAVAIL')
    return new Fault(`HOST is ${config.host}, which is no address of this machine. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all its addresses.`)
  return error
}

/** Looks before the long steps, so that nobody waits a minute to hear it. */
async function checkPort(config: Config): Promise<void> {
  const probe = createServer()
  probe.listen({ port: config.port, host: config.host, exclusive: true })
  try {
    await once(probe, 'listening')
  } catch (error) {
    throw portFault(config, error)
  }
  probe.close()
  await once(probe, 'close')
}

/** The settings of an outside database, or the demo's, whose Postgres is started or joined. */
async function openDatabase(isDemo: boolean): Promise<Config> {
  if (!isDemo) return readConfig()
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

async function prepareContent(config: Config): Promise<{ setUpLink?: string }> {
  const { migrate } = await import('#lib/cli/migrate.ts')
  const { seed } = await import('#lib/cli/seed.ts')
  await step('Bringing the database up to date', () => migrate(config))
  return step('Bringing in the content', () => seed(config, { dataFolder }))
}

function tellReady(config: Config, setUpLink: string | undefined, began: number) {
  say(`\nCallside is ready (${secondsSince(began)}).\n`)
  say(`  Go to    ${config.origin}`)
  if (config.isDemo) {
    const accounts = readRecord<DemoAccount[]>(path.join(dataFolder, 'demo-accounts.json')) ?? []
    const widest = (of: (account: DemoAccount) => string) => Math.max(0, ...accounts.map((account) => of(account).length))
    const [roleWidth, emailWidth] = [widest((account) => account.role), widest((account) => account.email)]
    say('  Sign in as one of these; they are in .data/demo-accounts.json too:')
    for (const { role, email, password } of accounts) say(`    ${role.padEnd(roleWidth)}  ${email.padEnd(emailWidth)}  ${password}`)
  } else if (setUpLink) {
    say(`  Make the first admin with this link. It works once:\n    ${setUpLink}`)
  }
  say(`\n  ${SAMPLES}`)
  say('  Ctrl+C stops everything.\n')
}

async function main(): Promise<'serving'> {
  const began = performance.now()
  setProductionMode()
  const provisional = readConfig(hasOutsideDatabase() ? undefined : provisionalDefaults())
  await checkPort(provisional)
  const lock = await lockCheckout()
  const config = await openDatabase(provisional.isDemo)
  const { setUpLink } = await prepareContent(config)
  if (!isBuilt()) await step('Building the screens', () => buildScreens(lock))
  closeAtEnd({ close: joinServers() })
  lock.release()

  if (isEnding()) return 'serving'
  const { startServer } = await import('#lib/http/server.ts')
  const server = await startServer(config).catch((error: unknown) => {
    throw portFault(config, error)
  })
  closeAtEnd({ close: () => server.close() })
  expectEnd()
  tellReady(config, setUpLink, began)
  return 'serving'
}

runCommand(main, () => say('\nStopping …'))
