/**
 * A lock between processes that a kill -9 never leaves shut: it names its holders, and dead holders hold nothing.
 *
 * The lock is a folder of numbered files; the highest number is the lock's present state. To take it when its holders are gone,
 * a process creates the next number, which only one can, and then checks that nobody is further on. Nothing that another
 * process may be about to take is ever deleted, which is where the usual lock file goes wrong.
 */
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { identify, isAlive } from './processes.mjs'

/** @typedef {import('./processes.mjs').ProcessIdentity} ProcessIdentity */
/** @typedef {{ share(pid: number): void, release(): void }} Lock */

const POLL_MS = 150

function highestOf(/** @type {string} */ folder) {
  const numbers = readdirSync(folder).filter((name) => /^\d+$/.test(name))
  return numbers.reduce((highest, name) => Math.max(highest, Number(name)), 0)
}

/** @returns {ProcessIdentity[] | undefined} undefined when somebody went further meanwhile */
function holdersOf(/** @type {string} */ folder, /** @type {number} */ number) {
  if (number === 0) return []
  try {
    return JSON.parse(readFileSync(path.join(folder, String(number)), 'utf8'))
  } catch {
    return undefined
  }
}

/** Written whole under another name first, so that nobody reads half a file. */
function writeDraft(/** @type {string} */ folder, /** @type {ProcessIdentity[]} */ holders) {
  const draft = path.join(folder, `draft-${process.pid}`)
  writeFileSync(draft, JSON.stringify(holders), { mode: 0o600 })
  return draft
}

function create(/** @type {string} */ folder, /** @type {number} */ number, /** @type {ProcessIdentity[]} */ holders) {
  const draft = writeDraft(folder, holders)
  try {
    linkSync(draft, path.join(folder, String(number)))
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Waits for the lock and takes it. `share` names a child that must be gone too before anybody else may take it.
 * @param {string} folder
 * @param {(holder: ProcessIdentity) => void} [onWait] told once, when somebody else has it
 * @returns {Promise<Lock>}
 */
export async function takeLock(folder, onWait) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const self = identify(process.pid)
  if (!self) throw new Error('this process cannot be identified')
  let hasTold = false
  for (;;) {
    const top = highestOf(folder)
    const holders = holdersOf(folder, top)
    const holder = holders?.find(isAlive)
    if (holder && !hasTold) {
      hasTold = true
      onWait?.(holder)
    }
    if (!holders || holder) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      continue
    }
    const mine = top + 1
    if (!create(folder, mine, [self])) continue
    if (highestOf(folder) === mine) return heldLock(folder, mine, self)
    rmSync(path.join(folder, String(mine)), { force: true })
  }
}

/** @returns {Lock} */
function heldLock(/** @type {string} */ folder, /** @type {number} */ mine, /** @type {ProcessIdentity} */ self) {
  for (const name of readdirSync(folder)) {
    if (/^\d+$/.test(name) && Number(name) < mine) rmSync(path.join(folder, name), { force: true })
  }
  const file = path.join(folder, String(mine))
  let holders = [self]
  return {
    share(pid) {
      const child = identify(pid)
      if (!child) return
      holders = [...holders, child]
      renameSync(writeDraft(folder, holders), file)
    },
    release() {
      // Emptied, not deleted: the number must stay taken. A second release must not empty what others hold by now.
      if (holders.length > 0) renameSync(writeDraft(folder, []), file)
      holders = []
    },
  }
}
