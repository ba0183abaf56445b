/** Each piece of work as it is asked of Callside and of the bare server. */
import { randomUUID } from 'node:crypto'
import type { Asker } from './load.ts'
import { type Agent, readyToFinish } from './rows.ts'
import type { Stage } from './stage.ts'

/** About as much as an agent has written when a save goes out: 110 words. */
const NOTE = Array.from({ length: 10 }, () => 'Caller says the pain is worse at night, no numbness.').join(' ')

/** Words as callers say them. */
export const PHRASES = [
  'numb between the legs',
  'back pain for six weeks',
  'gabapentin side effects',
  'cant pee',
  'sciatica exercises',
  'steroid injection',
  'naproxen and stomach pain',
  'feeling like ending it',
  'codiene addiction',
  'physio waiting list',
] as const

const turn = <T>(items: readonly T[]): (() => T) => {
  let at = -1
  return () => {
    at = (at + 1) % items.length
    return items[at] as T
  }
}

/** The bare server's paths. */
export const bare = (path: () => string, method: 'GET' | 'POST' = 'GET', body?: () => string): Asker => ({
  expects: 200,
  ask: () => ({ method, path: path(), ...(body ? { body: body() } : {}) }),
})

export const reading = (path: () => { path: string; cookie: string }): Asker => ({ expects: 200, ask: () => ({ method: 'GET', ...path() }) })

/** Agents who read at the same time: each asks many times a minute, as an open desk does. */
const AT_WORK = 64

export const gettingCall = ({ past }: Stage): { ours: Asker; floor: Asker } => {
  const atWork = new Set(past.agents.slice(0, AT_WORK))
  const theirs = past.recordedCalls.filter((call) => atWork.has(call.agent))
  const [ours, floor] = [turn(theirs), turn(theirs)]
  return {
    ours: reading(() => {
      const call = ours()
      return { path: `/api/v1/calls/${call.id}`, cookie: call.agent.cookie }
    }),
    floor: bare(() => `/get/${floor().id}`),
  }
}

export const listingNewest = ({ past }: Stage): { ours: Asker; floor: Asker } => ({
  ours: reading(() => ({ path: '/api/v1/calls?whose=team', cookie: past.supervisor.cookie })),
  floor: bare(() => `/list/${past.teamId}`),
})

export const searching = ({ past }: Stage): { ours: Asker; floor: Asker } => {
  const [agent, words] = [turn(past.agents.slice(0, AT_WORK)), turn(PHRASES)]
  return {
    ours: reading(() => ({ path: `/api/v1/guidance/search?q=${encodeURIComponent(words())}`, cookie: agent().cookie })),
    floor: bare(() => '/one'),
  }
}

const writes = (path: string, agent: Agent, rest: { body?: string; match?: number } = {}) => ({
  path,
  cookie: agent.cookie,
  headers: { 'idempotency-key': randomUUID(), ...(rest.match === undefined ? {} : { 'if-match': `"${rest.match}"` }) },
  ...(rest.body === undefined ? {} : { body: rest.body }),
})

type Held = { id: string; version: number; agent: Agent }

/** One round of calls: every agent starts one, some save notes, all finish. Each step is measured by itself. */
export class CallRound {
  readonly #stage: Stage
  readonly #agents: Agent[]
  readonly #held: Held[] = []
  readonly #bareIds: string[] = []

  constructor(stage: Stage) {
    this.#stage = stage
    this.#agents = [...stage.past.agents]
  }

  /** Each agent starts one call: nobody may have two. */
  starting(): { ours: Asker; floor: Asker } {
    const asking = new Map<number, Agent>()
    const ours: Asker = {
      expects: 201,
      ask: (connection) => {
        const agent = this.#agents.pop()
        if (!agent) return undefined
        asking.set(connection, agent)
        return { method: 'POST', ...writes('/api/v1/calls', agent, { body: '{}' }) }
      },
      heard: (connection, answer) => {
        const agent = asking.get(connection)
        const call = JSON.parse(answer.body) as { id: string; version: number }
        if (agent) this.#held.push({ id: call.id, version: call.version, agent })
      },
    }
    const floor: Asker = {
      ...bare(
        () => `/start/${this.#stage.past.teamId}`,
        'POST',
        () => '{}',
      ),
      heard: (_, answer) => {
        const [made] = JSON.parse(answer.body) as { id: string }[]
        if (made) this.#bareIds.push(made.id)
      },
    }
    return { ours, floor }
  }

  /** A few agents write on: a save every few seconds in one call, not one save in each of many. */
  saving(): { ours: Asker; floor: Asker } {
    const waiting = this.#held.slice(0, AT_WORK)
    const asking = new Map<number, Held>()
    const next = turn(this.#bareIds.slice(0, AT_WORK))
    let count = 0
    const ours: Asker = {
      expects: 200,
      ask: (connection) => {
        const call = waiting.shift()
        if (!call) return undefined
        asking.set(connection, call)
        count += 1
        return {
          method: 'PATCH',
          ...writes(`/api/v1/calls/${call.id}`, call.agent, { body: JSON.stringify({ notes: `${NOTE} ${count}` }), match: call.version }),
        }
      },
      heard: (connection, answer) => {
        const call = asking.get(connection)
        if (!call) return
        call.version = (JSON.parse(answer.body) as { version: number }).version
        waiting.push(call)
      },
    }
    return {
      ours,
      floor: bare(
        () => `/save/${next()}`,
        'POST',
        () => JSON.stringify({ notes: `${NOTE} ${++count}` }),
      ),
    }
  }

  async toFinish(): Promise<void> {
    await readyToFinish(
      this.#stage.house.pool,
      this.#held.map((call) => call.id),
    )
  }

  finishing(): { ours: Asker; floor: Asker } {
    return {
      ours: {
        expects: 200,
        ask: () => {
          const call = this.#held.pop()
          return call && { method: 'POST', ...writes(`/api/v1/calls/${call.id}/finish`, call.agent) }
        },
      },
      floor: {
        expects: 200,
        ask: () => {
          const id = this.#bareIds.pop()
          return id === undefined ? undefined : { method: 'POST', path: `/finish/${id}`, body: '{}' }
        },
      },
    }
  }
}
