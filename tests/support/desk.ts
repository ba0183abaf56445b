/** What an agent does, as typed verbs over the API. Each expects to succeed; use `ask` for what must be refused. */
import { z } from 'zod'
import { callListSchema, callRecordSchema, callSchema, trailAnswerSchema } from '#lib/calls/schema.ts'
import type { CallAct } from '#lib/calls/terms.ts'
import { escalationSchema } from '#lib/escalations/schema.ts'
import { consultationSchema, librarySchema } from '#lib/guidance/schema.ts'
import type { RecordingEventKind } from '#lib/recordings/terms.ts'
import { ask, good } from './ask.ts'
import type { House } from './house.ts'
import type { Visitor } from './people.ts'

export type Call = z.output<typeof callSchema>
export type Escalation = z.output<typeof escalationSchema>
export type Desk = ReturnType<typeof deskOf>

/** Why, for the kinds that must say it. */
const REASONS: Partial<Record<RecordingEventKind, string>> = { 'could-not-tell': 'emergency-first', paused: 'card-details' }

export function deskOf(house: House, as: Visitor) {
  const post = (path: string, body?: unknown) => ask(house, 'POST', `/api/v1${path}`, { as, body })
  return {
    start: async () => good(await post('/calls'), 201, callSchema),
    get: async (id: string) => good(await ask(house, 'GET', `/api/v1/calls/${id}`, { as }), 200, callRecordSchema),
    list: async (query = '') => good(await ask(house, 'GET', `/api/v1/calls${query}`, { as }), 200, callListSchema),
    library: async () => good(await ask(house, 'GET', '/api/v1/guidance/library', { as }), 200, librarySchema),
    act: async (call: { id: string }, act: Exclude<CallAct, 'start'>) => good(await post(`/calls/${call.id}/${act}`), 200, callSchema),
    change: async (call: { id: string; version: number }, change: Record<string, unknown>) =>
      good(await ask(house, 'PATCH', `/api/v1/calls/${call.id}`, { as, body: change, ifMatch: call.version }), 200, callSchema),
    record: async (call: { id: string }, kind: RecordingEventKind, reason = REASONS[kind]) =>
      good(await post(`/calls/${call.id}/recording-events`, { kind, reason }), 201, callSchema),
    consult: async (call: { id: string }, topic: string) => good(await post(`/calls/${call.id}/consultations`, { topic }), 201, consultationSchema),
    follow: async (call: { id: string }, consultation: { id: string }, ...events: object[]) =>
      good(await post(`/calls/${call.id}/consultations/${consultation.id}/events`, { events }), 201, trailAnswerSchema),
    escalate: async (call: { id: string }, urgency: 'emergency' | 'same-day' = 'emergency') =>
      good(await post(`/calls/${call.id}/escalations`, { urgency }), 201, escalationSchema),
    settle: async (escalation: { id: string; version: number }, change: Record<string, unknown> = { outcome: 'caller-ringing-999' }) =>
      good(await ask(house, 'PATCH', `/api/v1/escalations/${escalation.id}`, { as, body: change, ifMatch: escalation.version }), 200, escalationSchema),
  }
}

/** A call with everything it needs, finished. */
export async function finishedCall(desk: Desk): Promise<Call> {
  const call = await desk.start()
  await desk.record(call, 'told')
  await desk.change(call, { caller: 'self', dispositionCode: 'information' })
  await desk.act(call, 'end')
  return desk.act(call, 'finish')
}

/** Ends whatever call is live, past the rules: so that the next test's agent can start one. */
export async function clearLive(house: House, person: { id: string }): Promise<void> {
  await house.pool.query("UPDATE calls SET state = 'wrapping-up', ended_at = now() WHERE agent_id = $1 AND state IN ('ringing', 'in-progress', 'on-hold')", [
    person.id,
  ])
}

export const endedSchema = z.object({ ended: z.int() })
