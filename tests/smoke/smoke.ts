/** Proves the README's first command, case by case, each from a fresh clone. Arguments choose cases by a part of their name. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from '#lib/cli/postgres-process.ts'
import { watchParent } from '#lib/cli/processes.mjs'
import { closeAtEnd, end, isEnding, runCommand } from '#lib/cli/stopping.ts'
import { say, secondsSince } from '#lib/cli/terminal.mjs'
import { killAll, nameOf } from './leftovers.ts'
import { Clone, makeHome, type Person } from './newcomer.ts'
import { findOutsidePostgres, startOutsidePostgres } from './outside-postgres.ts'
import { until } from './waiting.ts'

const AGAIN_SECONDS = 120

const isRoot = process.getuid?.() === 0
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'callside-smoke-')))
// Other users must be able to pass through.
chmodSync(scratch, 0o755)

const clones: Clone[] = []

const idOf = (flag: string, name: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
const normal = isRoot ? { uid: idOf('-u', 'nobody'), gid: idOf('-g', 'nobody') } : self

/** npm's downloads of whoever runs this, so that each clone need not fetch them again. */
function findDownloads(): string | undefined {
  const folder = execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8', cwd: scratch }).trim()
  return existsSync(path.join(folder, '_cacache')) ? folder : undefined
}

const people = new Map<string, Person>()

function personOf(name: string, who: { uid: number; gid: number }, mode: number): Person {
  const known = people.get(name)
  if (known) return known
  const person = makeHome(path.join(scratch, name), who, mode, findDownloads())
  people.set(name, person)
  return person
}

const someRoot = () => personOf('root', self, 0o755)
const closedRoot = () => personOf('closed-root', self, 0o700)
const someUser = () => personOf('user', normal, 0o755)

function cloneFor(person: Person, ...below: string[]): Clone {
  const clone = new Clone(person, path.join(person.home, ...below), randomBytes(6).toString('hex'))
  clones.push(clone)
  return clone
}

async function startsAndStops(clone: Clone): Promise<void> {
  const start = clone.start(await findFreePort())
  await start.checkServes()
  clone.checkAccounts()
  await start.interrupt()
  await clone.waitUntilNothingRuns()
}

async function startsAgain(clone: Clone): Promise<void> {
  const began = performance.now()
  const again = clone.start(await findFreePort())
  await again.checkServes(AGAIN_SECONDS)
  say(`        ready again after ${secondsSince(began)}`)
  await again.interrupt()
  await clone.waitUntilNothingRuns()
}

async function twiceAtOnce(): Promise<void> {
  const clone = cloneFor(someUser(), 'twice')
  const first = clone.start(await findFreePort())
  const second = clone.start(await findFreePort())
  await Promise.all([first.checkServes(), second.checkServes()])
  await first.interrupt()
  await second.checkServes(5)
  await second.interrupt()
  await clone.waitUntilNothingRuns()
}

async function afterKills(): Promise<void> {
  const clone = cloneFor(someUser(), 'killed')
  const installing = clone.start(await findFreePort())
  await installing.waitForLine('Installing dependencies')
  clone.killEverything()
  await until('the killed start is gone', 30, () => installing.hasEnded())

  const building = clone.start(await findFreePort())
  await building.waitForLine('Building the screens')
  clone.killEverything()
  await until('the killed start is gone', 30, () => building.hasEnded())

  const serving = clone.start(await findFreePort())
  await serving.checkServes()
  clone.killEverything()
  await until('the killed start is gone', 30, () => serving.hasEnded())
  await startsAgain(clone)
}

async function afterLauncherKill(): Promise<void> {
  const clone = cloneFor(someUser(), 'launcher-killed')
  const serving = clone.start(await findFreePort())
  await serving.checkServes()
  const launchers = clone.processes().filter((pid) => nameOf(pid).includes('bootstrap.mjs'))
  if (launchers.length === 0) throw new Error('no launcher found')
  killAll(launchers)
  // Nobody tells the server to stop; it notices.
  await clone.waitUntilNothingRuns()

  const orphaned = clone.start(await findFreePort())
  await orphaned.checkServes(AGAIN_SECONDS)
  killAll(clone.processes().filter((pid) => nameOf(pid).includes('start.ts')))
  await until('npm start ends with its server', 30, () => orphaned.hasEnded())
  await startsAgain(clone)
}

async function againstOutsidePostgres(bin: string): Promise<void> {
  const person = someUser()
  const clone = cloneFor(person, 'outside')
  const postgres = await startOutsidePostgres(bin, path.join(scratch, 'outside-postgres'), normal)
  try {
    const port = await findFreePort()
    const settings = {
      DATABASE_URL: postgres.url,
      AUTH_SECRET: randomBytes(32).toString('base64'),
      DATA_KEY: randomBytes(32).toString('base64'),
      ORIGIN: `http://localhost:${port}`,
      HOST: '127.0.0.1',
    }
    const start = clone.start(port, settings)
    await start.checkServes()
    if (!/https?:\/\/\S+\/\S+/.test(start.output().split('Callside is ready')[1] ?? '')) throw new Error(`no set-up link:\n${start.output()}`)
    if (existsSync(path.join(clone.folder, '.data', 'demo-accounts.json'))) throw new Error('there are demo accounts beside an outside database')
    await start.interrupt()
    await clone.waitUntilNothingRuns()
    const again = clone.start(port, settings)
    await again.checkServes(AGAIN_SECONDS)
    await again.interrupt()
    await clone.waitUntilNothingRuns()
  } finally {
    await postgres.stop()
  }
}

/** A second clone must not see the first one's database, and a changed source must be built before it is served. */
async function rebuildsWhenChanged(clone: Clone): Promise<void> {
  const file = path.join(clone.folder, 'app', 'layout.tsx')
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`)
  const start = clone.start(await findFreePort())
  await start.checkServes()
  if (!start.output().includes('Building the screens')) throw new Error('the changed source was not built')
  await start.interrupt()
  await clone.waitUntilNothingRuns()
}

type Case = { name: string; run: () => Promise<void>; cannotRun?: string | undefined }

const needsRoot = isRoot ? undefined : 'needs root'
const outside = findOutsidePostgres()

const cases: Case[] = [
  { name: 'as root', cannotRun: needsRoot, run: () => startsAndStops(cloneFor(someRoot(), 'callside')) },
  { name: 'as root, below a home directory that others cannot enter', cannotRun: needsRoot, run: () => startsAndStops(cloneFor(closedRoot(), 'callside')) },
  {
    name: 'as a normal user, then again, then after a change',
    run: async () => {
      const clone = cloneFor(someUser(), 'callside')
      await startsAndStops(clone)
      await startsAgain(clone)
      await rebuildsWhenChanged(clone)
    },
  },
  { name: 'below a path with spaces', run: () => startsAndStops(cloneFor(someUser(), 'a path with spaces', "the helpline's callside")) },
  { name: 'twice at once on two ports', run: twiceAtOnce },
  { name: 'after a kill -9 of everything: installing, building, serving', run: afterKills },
  { name: 'after a kill -9 of the launcher, then of the server', run: afterLauncherKill },
  {
    name: `against an outside Postgres ${outside?.major ?? 15}`,
    cannotRun: outside ? undefined : 'there is no Postgres 15 or newer in /usr/lib/postgresql',
    run: () => againstOutsidePostgres(outside?.bin ?? ''),
  },
]

async function main(): Promise<number> {
  if (process.platform !== 'linux') {
    say('The smoke test tells processes apart by /proc: run it on Linux.')
    return 1
  }
  const wanted = process.argv.slice(2)
  const chosen = cases.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  let [passed, failed] = [0, 0]
  for (const { name, run, cannotRun } of chosen) {
    if (cannotRun) {
      say(`NOT RUN ${name}: ${cannotRun}`)
      continue
    }
    const began = performance.now()
    say(`        ${name} …`)
    try {
      await run()
      passed += 1
      say(`passed  ${name} (${secondsSince(began)})`)
    } catch (error) {
      if (isEnding()) return 130
      failed += 1
      say(`${error instanceof Error ? error.message : String(error)}\nFAILED  ${name} (${secondsSince(began)})`)
    }
    for (const clone of clones.splice(0)) clone.remove()
  }
  closeAtEnd({ close: () => say(`${passed} passed, ${failed} failed`) })
  return failed > 0 ? 1 : 0
}

closeAtEnd({
  close: () => {
    for (const clone of clones) clone.remove()
    rmSync(scratch, { recursive: true, force: true })
  },
})
watchParent(() => end(1))
runCommand(main)
