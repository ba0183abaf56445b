/** The rounds: each piece of work on the bare server and on Callside in turn, so that what else the machine does weighs on both. */
import pg from 'pg'
import { withBoundedWaits } from '#db/client.ts'
import { POOL_SIZE } from './floor.ts'
import { type Asker, type Figures, figuresOf, type Load, putLoad } from './load.ts'
import type { Stage } from './stage.ts'
import { CallRound, gettingCall, listingNewest, searching } from './work.ts'

export const WORKS = ['start', 'save', 'finish', 'get', 'list', 'list-small', 'search'] as const
export type Work = (typeof WORKS)[number]

/** At 16 connections and at one. */
export type Side = { many: Figures; one: Figures }
export type Round = { works: Map<Work, { ours: Side; floor: Side }>; select: Side; commit: Side }

const MANY = 16
const READ_MS = 1_200
/** Agents whose start and finish are measured one at a time; the others come before them, sixteen at a time. */
const ONE_AT_A_TIME = 64

type Plan = { many: Load; one: Load }

const TIMED: Plan = { many: { connections: MANY, milliseconds: READ_MS }, one: { connections: 1, milliseconds: READ_MS / 3 } }
/** The bare server does more of them, or its turn would be over before it can be timed. */
const COUNTED: Plan = { many: { connections: MANY, requests: 1_200 }, one: { connections: 1, requests: ONE_AT_A_TIME } }

async function side(port: number, asker: Asker, plan: Plan): Promise<Side> {
  return { many: await putLoad(port, asker, plan.many), one: await putLoad(port, asker, plan.one) }
}

async function inTurn(stage: Stage, askers: { ours: Asker; floor: Asker }, isOursFirst: boolean, plans: { ours: Plan; floor: Plan }) {
  const measureOurs = () => side(stage.house.config.port, askers.ours, plans.ours)
  const early = isOursFirst ? await measureOurs() : undefined
  const floor = await side(stage.barePort, askers.floor, plans.floor)
  return { ours: early ?? (await measureOurs()), floor }
}

async function timeQueries(pool: pg.Pool, query: () => [string, unknown[]], load: { connections: number; milliseconds: number }): Promise<Figures> {
  const took: number[] = []
  const began = performance.now()
  const work = async () => {
    while (performance.now() - began < load.milliseconds) {
      const sent = performance.now()
      await pool.query(...query())
      took.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: load.connections }, work))
  return figuresOf(took, performance.now() - began)
}

/** pg alone, without any server before it. */
async function barePg(pool: pg.Pool, query: () => [string, unknown[]]): Promise<Side> {
  return {
    many: await timeQueries(pool, query, { connections: MANY, milliseconds: READ_MS / 3 }),
    one: await timeQueries(pool, query, { connections: 1, milliseconds: READ_MS / 3 }),
  }
}

async function measureRound(large: Stage, small: Stage, pool: pg.Pool, isOursFirst: boolean): Promise<Round> {
  const works: Round['works'] = new Map()
  const timed = { ours: TIMED, floor: TIMED }
  const everyAgent: Plan = { many: { connections: MANY, requests: large.past.agents.length - ONE_AT_A_TIME }, one: COUNTED.one }
  const counted = { ours: everyAgent, floor: COUNTED }
  const calls = new CallRound(large)
  works.set('start', await inTurn(large, calls.starting(), isOursFirst, counted))
  works.set('save', await inTurn(large, calls.saving(), isOursFirst, timed))
  await calls.toFinish()
  works.set('finish', await inTurn(large, calls.finishing(), isOursFirst, counted))
  works.set('get', await inTurn(large, gettingCall(large), isOursFirst, timed))
  works.set('list', await inTurn(large, listingNewest(large), isOursFirst, timed))
  works.set('list-small', await inTurn(small, listingNewest(small), isOursFirst, timed))
  works.set('search', await inTurn(large, searching(large), isOursFirst, timed))
  const select = await barePg(pool, () => ['SELECT 1', []])
  const commit = await barePg(pool, () => ['INSERT INTO floor.words (id, words) VALUES (gen_random_uuid(), $1)', ['one row, one commit']])
  return { works, select, commit }
}

/** So many rounds after one that is not counted: code is compiled and pages are read by then. */
export async function measureRounds(large: Stage, small: Stage, count: number, tell: (round: number) => void): Promise<Round[]> {
  // As many connections as each server has. The database of the tests allows sixty in all, so these are given back between their turns.
  const pool = new pg.Pool({ connectionString: withBoundedWaits(large.house.config.databaseUrl), max: POOL_SIZE, idleTimeoutMillis: 1_000 })
  try {
    const rounds: Round[] = []
    for (let at = 0; at <= count; at += 1) {
      tell(at)
      const round = await measureRound(large, small, pool, at % 2 === 0)
      if (at > 0) rounds.push(round)
    }
    return rounds
  } finally {
    await pool.end()
  }
}
