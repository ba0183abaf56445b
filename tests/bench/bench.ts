/**
 * `npm run bench`: what Callside costs beside this machine's own floors, in one run. Figures hold for the machine and the hour; the ratios are
 * what is compared. Ends with 1 when a target is missed. `--rounds 9` measures longer, `--no-browser` leaves the desk out.
 */
import { arch, cpus, platform } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { say, secondsSince, step } from '#lib/cli/terminal.mjs'
import { childEnvironment } from '#lib/env.ts'
import { type Databases, openDatabases } from '../support/databases.ts'
import { type BrowserFigures, measureBrowser } from './browser.ts'
import { measureRounds } from './measure.ts'
import { reportOf } from './report.ts'
import { openStage, type Stage } from './stage.ts'

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, browser: { type: 'boolean', default: true } },
  allowNegative: true,
})

/** A round's starts: at one a person, many people. */
const AGENTS = 640

async function describeMachine(stage: Stage): Promise<string[]> {
  const { rows } = await stage.house.pool.query<{ version: string; fsync: string; commit: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  )
  const [database] = rows
  return [
    `Machine: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${platform()} ${arch()}`,
    `Node ${process.versions.node} · Postgres ${database?.version}, fsync ${database?.fsync}, synchronous_commit ${database?.commit}`,
    `Command: ${[path.basename(process.execPath), path.relative(process.cwd(), process.argv[1] ?? ''), ...process.argv.slice(2)].join(' ')}`,
  ]
}

async function measure(large: Stage, small: Stage, executablePath: string | undefined): Promise<boolean> {
  const machine = await describeMachine(large)
  const count = Number(options.rounds)
  const rounds = await measureRounds(large, small, count, (at) => say(at === 0 ? 'A round to warm up …' : `Round ${at} of ${count} …`))
  let browser: BrowserFigures | undefined
  if (options.browser) browser = await step('Measuring the desk in a browser', () => measureBrowser(large, executablePath))
  const { lines, missed } = reportOf(rounds, browser)
  say(`\n${[...machine, '', ...lines].join('\n')}\n`)
  say(missed.length === 0 ? 'Every target is met.' : `Missed: ${missed.join('; ')}.`)
  return missed.length === 0
}

async function main(): Promise<boolean> {
  const began = performance.now()
  const { CALLSIDE_TEST_DATABASE_URL: databaseUrl = '', CALLSIDE_TEST_BROWSER: executablePath } = childEnvironment()
  const closing: (() => Promise<void>)[] = []
  const opened = async <T extends { close(): Promise<void> }>(doing: string, open: () => Promise<T>): Promise<T> => {
    const made = await step(doing, open)
    closing.push(() => made.close())
    return made
  }
  try {
    const databases = await opened<Databases>('Making a database to copy', () => openDatabases(databaseUrl))
    const small = await opened('Opening a house with 10,000 calls', () => openStage(databases, { calls: 10_000, agents: 16, pages: false }))
    const large = await opened('Opening a house with 100,000 calls', () => openStage(databases, { calls: 100_000, agents: AGENTS, pages: options.browser }))
    return await measure(large, small, executablePath)
  } finally {
    for (const close of closing.toReversed()) await close()
    say(`Took ${secondsSince(began)}.`)
  }
}

process.exitCode = (await main()) ? 0 : 1
