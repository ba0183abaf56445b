/**
 * The embedded Postgres of a checkout: real Postgres from npm's packages, for the demo and the tests, never for production.
 * Its package's own class is not used: it has no SCRAM by default, does not run as root, and cannot find a server again whose
 * parent was killed.
 *
 * Every command that uses it writes itself down; the first starts it, the last to leave stops it, and each of them starts it
 * again, on the same port, when it dies.
 */
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeLock } from '#lib/cli/lock.mjs'
import type { Home, Place } from '#lib/cli/postgres-place.ts'
import {
  findFreePort,
  findRunning,
  hasAnswered,
  initialise,
  launch,
  type ServerRecord,
  stopAtOnce,
  stopServer,
  superuserUrl,
} from '#lib/cli/postgres-process.ts'
import { isAlive } from '#lib/cli/processes.mjs'
import { joinMembers, liveMembers } from '#lib/cli/records.ts'

const WATCH_MS = 250
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5000
const PORT_ATTEMPTS = 5

export type EmbeddedPostgres = {
  port: number
  /** The process now; another one after a restart. */
  pid(): number
  superuserUrl(database?: string): string
  /** Stops it if nobody else uses it; says whether it was stopped. */
  leave(): Promise<boolean>
  /** Without waiting, when the person at the terminal insists. */
  leaveAtOnce(): void
}

const usersFolder = (place: Place) => path.join(place.records, 'users')
const lockOf = (place: Place) => takeLock(path.join(place.records, 'locks', 'database'))

async function launchOnFreePort(place: Place, password: string): Promise<ServerRecord> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(place, password, await findFreePort())
    } catch (error) {
      // Somebody took the port between the look and the start.
      const isTaken = error instanceof Error && error.message.includes('could not bind')
      if (!isTaken || attempt === PORT_ATTEMPTS) throw error
    }
  }
}

/** The running server, adopted or waited for; undefined when there is none, or the one there was on its way out. */
async function findAnswering(place: Place, password: string): Promise<ServerRecord | undefined> {
  const running = findRunning(place)
  return running && (await hasAnswered(running, password)) ? running : undefined
}

/** Starts the place's Postgres, or joins it where it runs. `tell` hears of restarts while it serves. */
export async function joinPostgres(place: Place, password: string, tell: (line: string) => void): Promise<EmbeddedPostgres> {
  const lock = await lockOf(place)
  const crossOut = joinMembers(usersFolder(place))
  let record: ServerRecord
  try {
    await initialise(place, password)
    record = (await findAnswering(place, password)) ?? (await launchOnFreePort(place, password))
  } catch (error) {
    crossOut()
    throw error
  } finally {
    lock.release()
  }
  const { port } = record
  let isLeaving = false

  async function restart(): Promise<void> {
    const held = await lockOf(place)
    try {
      // Another command of this checkout may have been quicker.
      record = (await findAnswering(place, password)) ?? (await launch(place, password, port))
    } finally {
      held.release()
    }
  }

  async function watch(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    let startedAt = performance.now()
    while (!isLeaving) {
      await sleep(WATCH_MS, undefined, { ref: false })
      if (isLeaving || isAlive(record)) continue
      // One that dies soon after each start is started less and less often.
      pauseMs = performance.now() - startedAt > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      try {
        await restart()
        if (!isLeaving) tell(`The database had stopped and was started again (process ${record.pid}, port ${port}).`)
      } catch (error) {
        tell(`The database has stopped and does not start: ${error instanceof Error ? error.message.trim() : String(error)}\nTrying again.`)
      }
      startedAt = performance.now()
      await sleep(pauseMs, undefined, { ref: false })
    }
  }
  void watch()

  return {
    port,
    pid: () => record.pid,
    superuserUrl: (database) => superuserUrl(port, password, database),
    async leave() {
      isLeaving = true
      const held = await lockOf(place)
      try {
        crossOut()
        if (liveMembers(usersFolder(place)).length > 0) return false
        // Even where somebody removed its folder from under it.
        const running = findRunning(place) ?? record
        if (isAlive(running)) await stopServer(place, running)
        return true
      } finally {
        held.release()
      }
    },
    leaveAtOnce() {
      isLeaving = true
      crossOut()
      if (liveMembers(usersFolder(place)).length === 0) stopAtOnce(record)
    },
  }
}

/** Stops a database that nobody uses and removes it whole. */
export async function removeDatabase(place: Place): Promise<void> {
  const running = findRunning(place)
  if (running) await stopServer(place, running)
  rmSync(place.folder, { recursive: true, force: true })
  rmSync(place.records, { recursive: true, force: true })
}

/** A new, empty place for this test run's database. What killed runs left running is ended and removed. */
export async function openTestPlace(home: Home): Promise<Place> {
  const lock = await takeLock(path.join(home.place('demo').records, 'locks', 'tests'))
  try {
    for (const name of home.testNames()) {
      const place = home.place(name)
      if (liveMembers(usersFolder(place)).length === 0) await removeDatabase(place)
    }
    const place = home.place(`test-${process.pid}`)
    joinMembers(usersFolder(place))
    return place
  } finally {
    lock.release()
  }
}

/** Removes the databases whose `.data` is gone, and with it their passwords. */
export async function removeOrphans(home: Home): Promise<void> {
  for (const orphan of home.orphans) {
    for (const name of readdirSync(orphan)) {
      const folder = path.join(orphan, name)
      await removeDatabase({ ...home.place('demo'), folder, records: folder })
    }
    rmSync(orphan, { recursive: true, force: true })
  }
}
