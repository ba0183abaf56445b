/**
 * Loaded before the server where a control asks for it: takes one safeguard out of the running process, so that the test which
 * watches over that safeguard must fail. The build stays the one that is shipped.
 */
import pg from 'pg'
import type { FaultSwitch } from './fault-house.ts'

/** Nobody hears of a connection that broke while it was idle. */
function makePoolDeaf() {
  const { on } = pg.Pool.prototype
  Object.assign(pg.Pool.prototype, {
    on(this: pg.Pool, event: 'error', listener: () => void) {
      return String(event) === 'error' ? this : on.call(this, event, listener)
    },
  })
}

/** The first listening to live updates is the last. */
function listenOnlyOnce() {
  const { query } = pg.Client.prototype
  let hasListened = false
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...asked: unknown[]) {
      if (asked[0] === 'LISTEN callside') {
        if (hasListened) asked[0] = 'SELECT 1'
        hasListened = true
      }
      return Reflect.apply(query, this, asked)
    },
  })
}

const SWITCHES: Record<FaultSwitch, () => void> = { 'deaf pool': makePoolDeaf, 'listens once': listenOnlyOnce }

SWITCHES[process.env.CALLSIDE_FAULT_SWITCH as FaultSwitch]()
