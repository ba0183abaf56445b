/** Agents who save without a rest through the real API, as a desk does: each try of a save under the same key, until it is answered. */
import { setTimeout as pause } from 'node:timers/promises'
import { ask, newKey, type Reply } from './ask.ts'
import { deskOf } from './desk.ts'
import type { House } from './house.ts'
import { arrive, type SignedIn } from './people.ts'

/** What one agent wrote, and what the server said that it kept. */
export type Diary = {
  agent: SignedIn
  callId: string
  consultationId: string
  /** Of the call before the first line. */
  firstVersion: number
  /** Lines of the note, and marks in the guidance trail, in the order in which they were acknowledged. */
  lines: string[]
  marks: string[]
  /** Sent and not answered when the agent stopped: may have been kept or not. */
  open: { line?: string; mark?: string }
  /** Answers that were neither a good one nor a 503 that says when to come back. */
  wrong: string[]
}

export type Writers = {
  /** Saves that were acknowledged so far. */
  acknowledged(): number
  /** Tries that got a 503, and tries that got no answer. */
  failures(): { busy: number; unanswered: number }
  /** Settles when so many more saves were acknowledged; fails when every agent has given up. */
  untilMore(count: number): Promise<void>
  /** Lets each agent finish what it has begun. */
  finish(): Promise<void>
  /** Each agent drops what it has begun. */
  abandon(): Promise<void>
}

/** As short as a test can bear; the desk waits longer. */
const BETWEEN_TRIES_MS = 25

export async function openDiary(house: House, name: string): Promise<Diary> {
  const agent = await arrive(house, name)
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const consultation = await desk.consult(call, 'back-pain')
  return { agent, callId: call.id, consultationId: consultation.id, firstVersion: call.version, lines: [], marks: [], open: {}, wrong: [] }
}

export const openDiaries = (house: House, count: number): Promise<Diary[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => openDiary(house, `Agent ${String.fromCharCode(97 + at)}`)))

type State = { isFinishing: boolean; isAbandoned: boolean; busy: number; unanswered: number }

/** Tries until there is an answer, always with the same key. Undefined: the agent dropped it. */
async function untilAnswered(state: State, diary: Diary, send: () => Promise<Reply>): Promise<Reply | undefined> {
  while (!state.isAbandoned) {
    const reply = await send().catch(() => undefined)
    if (!reply) state.unanswered += 1
    else if (reply.status !== 503) return reply
    else {
      state.busy += 1
      if (!reply.headers['retry-after']) diary.wrong.push('a 503 without retry-after')
    }
    await pause(BETWEEN_TRIES_MS)
  }
  return undefined
}

async function saveLine(house: House, state: State, diary: Diary): Promise<boolean> {
  const line = `line ${diary.lines.length + 1} of ${diary.callId}`
  const asking = {
    as: diary.agent,
    key: newKey(),
    ifMatch: diary.firstVersion + diary.lines.length,
    body: { notes: [...diary.lines, line].join('\n') },
  }
  diary.open.line = line
  const reply = await untilAnswered(state, diary, () => ask(house, 'PATCH', `/api/v1/calls/${diary.callId}`, asking))
  if (!reply) return false
  diary.open = {}
  diary.lines.push(line)
  if (reply.status === 200 && reply.body.version === asking.ifMatch + 1 && reply.body.notes === asking.body.notes) return true
  diary.lines.pop()
  diary.wrong.push(`a note from version ${asking.ifMatch} was answered ${reply.status} ${reply.text.slice(0, 200)}`)
  return false
}

async function saveMark(house: House, state: State, diary: Diary): Promise<boolean> {
  const mark = `mark ${diary.marks.length + 1} of ${diary.callId}`
  const asking = { as: diary.agent, key: newKey(), body: { events: [{ kind: 'shown', detail: mark }] } }
  diary.open.mark = mark
  const path = `/api/v1/calls/${diary.callId}/consultations/${diary.consultationId}/events`
  const reply = await untilAnswered(state, diary, () => ask(house, 'POST', path, asking))
  if (!reply) return false
  diary.open = {}
  if (reply.status === 201) diary.marks.push(mark)
  else diary.wrong.push(`a step of the trail was answered ${reply.status} ${reply.text.slice(0, 200)}`)
  return reply.status === 201
}

/** Starts every diary's agent. */
export function startWriters(house: House, diaries: readonly Diary[]): Writers {
  const state: State = { isFinishing: false, isAbandoned: false, busy: 0, unanswered: 0 }
  const acknowledged = () => diaries.reduce((sum, diary) => sum + diary.lines.length + diary.marks.length, 0)
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const look of waiting) look()
  }
  let atWork = diaries.length
  const work = async (diary: Diary) => {
    while (!state.isFinishing) {
      if (!(await saveLine(house, state, diary))) break
      wake()
      if (state.isFinishing || !(await saveMark(house, state, diary))) break
      wake()
    }
    atWork -= 1
    wake()
  }
  const all = Promise.all(diaries.map(work))
  return {
    acknowledged,
    failures: () => ({ busy: state.busy, unanswered: state.unanswered }),
    untilMore: (count) =>
      new Promise((resolve, reject) => {
        const goal = acknowledged() + count
        const look = () => {
          const isReached = acknowledged() >= goal
          if (!isReached && atWork > 0) return
          waiting.delete(look)
          if (isReached) resolve()
          else reject(new Error(`every agent gave up: ${diaries.flatMap((diary) => diary.wrong).join('; ')}`))
        }
        waiting.add(look)
        look()
      }),
    async finish() {
      state.isFinishing = true
      await all
    },
    async abandon() {
      state.isFinishing = true
      state.isAbandoned = true
      await all
    },
  }
}
