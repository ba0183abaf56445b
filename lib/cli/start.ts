/** `npm start`: from a bare checkout to a server that says where to go and how to sign in. */
import path from 'node:path'
import { buildScreens, isBuilt } from '#lib/cli/build.ts'
import { dataFolder, joinServers, lockCheckout } from '#lib/cli/checkout.ts'
import { openDatabase } from '#lib/cli/database.ts'
import { provisionalDefaults } from '#lib/cli/demo.ts'
import { checkPort, portFault } from '#lib/cli/port.mjs'
import { readRecord } from '#lib/cli/records.ts'
import { closeAtEnd, expectEnd, isEnding, runCommand } from '#lib/cli/stopping.ts'
import { say, secondsSince, step } from '#lib/cli/terminal.mjs'
import { type Config, hasOutsideDatabase, readConfig, setProductionMode } from '#lib/env.ts'

type DemoAccount = { role: string; email: string; password: string }

const SAMPLES = 'Samples: not for live calls until your clinician has approved your guidance.'

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
  await checkPort(provisional.port, provisional.host)
  const lock = await lockCheckout()
  const config = await openDatabase()
  const { setUpLink } = await prepareContent(config)
  if (!isBuilt()) await step('Building the screens', () => buildScreens(lock))
  closeAtEnd({ close: joinServers() })
  lock.release()

  if (isEnding()) return 'serving'
  const { startServer } = await import('#lib/http/server.ts')
  const server = await startServer(config).catch((error: unknown) => {
    throw portFault(config.port, config.host, error)
  })
  closeAtEnd({ close: () => server.close() })
  expectEnd()
  tellReady(config, setUpLink, began)
  return 'serving'
}

runCommand(main, () => say('\nStopping …'))
