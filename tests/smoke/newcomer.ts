/** Somebody who clones Callside and types `npm start`. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { checkout } from '#lib/cli/checkout.ts'
import { readRecord } from '#lib/cli/records.ts'
import { keepOutput } from '#lib/cli/terminal.mjs'
import { childEnvironment } from '#lib/env.ts'
import { findProcesses, killAll, MARK, nameOf, rootFolderOf } from './leftovers.ts'
import { until } from './waiting.ts'

export type Person = { uid: number; gid: number; home: string; npmCache: string }

const FIRST_START_SECONDS = 600
const STOP_SECONDS = 60
const ROLES = ['agent', 'supervisor', 'author', 'clinician', 'dpo', 'admin']

/** As a person's own shell would have it: nothing of the npm that runs this, and no settings of somebody's Callside. */
function shellEnvironment(person: Person, changes: Record<string, string>): NodeJS.ProcessEnv {
  const all = childEnvironment()
  const foreign = Object.keys(all).filter((name) => /^(npm_|INIT_CWD$|NODE_ENV$|DATABASE_|AUTH_SECRET$|DATA_KEY$|ORIGIN$|HOST$|PORT$)/i.test(name))
  const programs = (all.PATH ?? '').split(path.delimiter).filter((folder) => !/node_modules|node-gyp-bin/.test(folder))
  return childEnvironment({
    ...Object.fromEntries(foreign.map((name) => [name, undefined])),
    PATH: programs.join(path.delimiter),
    HOME: person.home,
    npm_config_cache: person.npmCache,
    ...changes,
  })
}

export class Clone {
  readonly folder: string
  private readonly person: Person
  private readonly mark: string

  constructor(person: Person, folder: string, mark: string) {
    this.person = person
    this.folder = folder
    this.mark = mark
    mkdirSync(path.dirname(folder), { recursive: true })
    execFileSync('git', ['-c', 'safe.directory=*', 'clone', '--quiet', checkout, folder])
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', `${person.uid}:${person.gid}`, folder])
  }

  private folders() {
    return [this.folder, rootFolderOf(this.folder)].filter((folder) => folder !== undefined)
  }

  processes() {
    return findProcesses(this.mark, this.folders())
  }

  start(port: number, settings: Record<string, string> = {}): Start {
    const { uid, gid } = this.person
    // A group of its own, as a shell gives each command: Ctrl+C goes to all of it.
    const child = spawn('npm', ['start'], {
      cwd: this.folder,
      env: shellEnvironment(this.person, { [MARK]: this.mark, PORT: String(port), ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(process.getuid?.() === 0 ? { uid, gid } : {}),
    })
    return new Start(child, port)
  }

  /** The demo's accounts, as the README promises them. */
  checkAccounts() {
    const file = path.join(this.folder, '.data', 'demo-accounts.json')
    const mode = statSync(file).mode & 0o777
    if (mode !== 0o600) throw new Error(`demo-accounts.json has the mode ${mode.toString(8)}`)
    const accounts = readRecord<{ role: string; email: string; password: string }[]>(file) ?? []
    const missing = ROLES.filter((role) => !accounts.some((account) => account.role === role && account.email && account.password))
    if (missing.length > 0) throw new Error(`no demo account for: ${missing.join(', ')}`)
  }

  killEverything() {
    killAll(this.processes())
  }

  async waitUntilNothingRuns(): Promise<void> {
    await until('nothing of the clone is left running', STOP_SECONDS, () => this.processes().length === 0).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${this.processes().map(nameOf).join('\n')}`)
    })
  }

  remove() {
    this.killEverything()
    for (const folder of this.folders()) rmSync(folder, { recursive: true, force: true })
  }
}

export class Start {
  readonly port: number
  private readonly child: ChildProcess
  readonly output: () => string

  constructor(child: ChildProcess, port: number) {
    this.child = child
    this.port = port
    this.output = keepOutput(child)
  }

  hasEnded() {
    return this.child.exitCode !== null || this.child.signalCode !== null
  }

  async waitForLine(line: string, limitSeconds = FIRST_START_SECONDS): Promise<void> {
    await until(`"${line}" on the terminal`, limitSeconds, () => this.hasEnded() || this.output().includes(line)).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${this.output()}`)
    })
    if (!this.output().includes(line)) throw new Error(`npm start ended with code ${this.child.exitCode}:\n${this.output()}`)
  }

  /** Ready on the terminal, ready by its own word, and a sign-in page for people. */
  async checkServes(limitSeconds = FIRST_START_SECONDS): Promise<void> {
    await this.waitForLine('Callside is ready', limitSeconds)
    await this.waitForLine('Samples: not for live calls until your clinician has approved your guidance.', 5)
    const ready = await fetch(`http://127.0.0.1:${this.port}/api/health/ready`, { signal: AbortSignal.timeout(10_000) })
    if (ready.status !== 200) throw new Error(`/api/health/ready answers ${ready.status}`)
    const page = await fetch(`http://127.0.0.1:${this.port}/`, { signal: AbortSignal.timeout(30_000) })
    const html = await page.text()
    if (page.status !== 200 || !/sign in/i.test(html)) throw new Error(`the first page answers ${page.status} without "Sign in":\n${html.slice(0, 500)}`)
  }

  /** Ctrl+C: the signal goes to npm, its shell and the bootstrap alike. */
  async interrupt(): Promise<void> {
    if (this.child.pid) process.kill(-this.child.pid, 'SIGINT')
    await until('npm start ends after Ctrl+C', STOP_SECONDS, () => this.hasEnded())
  }
}

/** A home for this person, with a share of npm's downloads. */
export function makeHome(folder: string, person: { uid: number; gid: number }, mode: number, downloads: string | undefined): Person {
  const npmCache = path.join(folder, 'npm-cache')
  mkdirSync(folder, { recursive: true })
  if (downloads) execFileSync('cp', ['-r', downloads, npmCache])
  else mkdirSync(npmCache)
  chmodSync(folder, mode)
  if (process.getuid?.() === 0) {
    chownSync(folder, person.uid, person.gid)
    execFileSync('chown', ['-R', `${person.uid}:${person.gid}`, npmCache])
  }
  return { ...person, home: folder, npmCache }
}
