/** How to ask each endpoint something it would do, for the tests that go through all of them. A new endpoint needs its line here. */
import type { Asking } from './ask.ts'
import { type Call, clearLive, deskOf, type Escalation } from './desk.ts'
import type { House } from './house.ts'
import type { Cast } from './identities.ts'
import type { SignedIn } from './people.ts'

/** A call of the agent's in progress with something of everything on it, and the people around it. */
export type World = { house: House; cast: Cast; call: Call; consultationId: string; versionId: string; escalation: Escalation }

export type Endpoint = {
  method: 'GET' | 'POST' | 'PATCH'
  template: string
  /** True where its path names the agent's call or what hangs on it: then scope decides too. */
  isAboutCall: boolean
  asking(world: World): Asking & { path: string }
}

const v1 = (path: string) => `/api/v1${path}`

/** About no call. */
const plain = (method: Endpoint['method'], template: string, path = template, body?: (world: World) => unknown): Endpoint => ({
  method,
  template,
  isAboutCall: false,
  asking: (world) => ({ path: v1(path), ...(body ? { body: body(world) } : {}) }),
})

/** About the agent's call. */
const onCall = (method: Endpoint['method'], rest: string, asking: (world: World) => Asking & { rest?: string } = () => ({})): Endpoint => ({
  method,
  template: `/calls/{id}${rest}`,
  isAboutCall: true,
  asking: (world) => {
    const { rest: filled = rest, ...more } = asking(world)
    return { path: v1(`/calls/${world.call.id}${filled}`), ...more }
  },
})

export const ENDPOINTS: readonly Endpoint[] = [
  plain('GET', '/me'),
  plain('POST', '/me/end-other-sessions'),
  plain('POST', '/set-up', '/set-up', () => ({
    token: 'no such link was ever made',
    name: 'Ada',
    email: 'ada@callside.example',
    password: 'marble otter violin canal',
  })),
  plain('GET', '/helpline'),
  plain('GET', '/guidance/library'),
  plain('GET', '/guidance/search', '/guidance/search?q=back'),
  plain('GET', '/guidance/topics/{topic}', '/guidance/topics/back-pain'),
  { method: 'GET', template: '/guidance/versions/{versionId}', isAboutCall: false, asking: (world) => ({ path: v1(`/guidance/versions/${world.versionId}`) }) },
  plain('POST', '/calls', '/calls', () => ({})),
  plain('GET', '/calls', '/calls?limit=1'),
  onCall('GET', ''),
  onCall('PATCH', '', (world) => ({ body: { notes: 'not by me' }, ifMatch: world.call.version })),
  onCall('POST', '/hold'),
  onCall('POST', '/resume'),
  onCall('POST', '/end'),
  onCall('POST', '/finish'),
  onCall('POST', '/recording-events', () => ({ body: { kind: 'objected' } })),
  onCall('POST', '/consultations', () => ({ body: { topic: 'sciatica' } })),
  onCall('POST', '/consultations/{consultationId}/events', (world) => ({
    rest: `/consultations/${world.consultationId}/events`,
    body: { events: [{ kind: 'closed' }] },
  })),
  onCall('POST', '/escalations', () => ({ body: { urgency: 'emergency' } })),
  {
    method: 'PATCH',
    template: '/escalations/{id}',
    isAboutCall: true,
    asking: (world) => ({ path: v1(`/escalations/${world.escalation.id}`), body: { outcome: 'line-lost' }, ifMatch: world.escalation.version }),
  },
]

/** The acts that need the call in another state than in progress, or more on it. */
const FIRST: Record<string, (house: House, call: Call) => Promise<unknown>> = {
  '/calls/{id}/resume': (house, call) => house.pool.query("UPDATE calls SET state = 'on-hold' WHERE id = $1", [call.id]),
  '/calls/{id}/finish': (house, call) =>
    house.pool.query(
      "WITH settled AS (UPDATE escalations SET outcome = 'line-lost' WHERE call_id = $1) UPDATE calls SET disposition_code = 'test', disposition_label = 'Test call' WHERE id = $1",
      [call.id],
    ),
  '/calls': (house, call) => clearLive(house, { id: call.agentId }),
}

/** Puts the agent on a call that `endpoint` would act on. */
export async function makeWorld(house: House, cast: Cast, endpoint?: Pick<Endpoint, 'method' | 'template'>): Promise<World> {
  const agent: SignedIn = cast.agent
  await clearLive(house, agent)
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const consultation = await desk.consult(call, 'back-pain')
  const escalation = await desk.escalate(call, 'same-day')
  if (endpoint?.method === 'POST') await FIRST[endpoint.template]?.(house, call)
  return { house, cast, call, consultationId: consultation.id, versionId: consultation.versionId, escalation }
}
