/** The server commits and its answer is lost: the retry with the same key replays the answer, and there is one row. */
import { ask, newKey, type Reply } from '../support/ask.ts'
import { type Call, deskOf } from '../support/desk.ts'
import { expect, type FaultHouse, test } from '../support/fault-test.ts'
import { arrive, type SignedIn } from '../support/people.ts'

type Lost = {
  name: string
  status: number
  method: 'POST' | 'PATCH'
  asking(world: World): { path: string; body: object; ifMatch?: number }
  /** How many rows one doing of it leaves. */
  rows: string
  /** What an agent gets who tries it with another key. */
  withNewKey: number
}

type World = { house: FaultHouse; agent: SignedIn; call: Call; consultationId: string; escalation: { id: string; version: number } }

const LOST: readonly Lost[] = [
  {
    name: 'the start of a call',
    method: 'POST',
    status: 201,
    asking: () => ({ path: '/api/v1/calls', body: {} }),
    rows: "SELECT count(*)::int FROM audit_events WHERE actor_id = $1 AND kind = 'call.started'",
    withNewKey: 409,
  },
  {
    name: 'a note',
    method: 'PATCH',
    status: 200,
    asking: ({ call }) => ({ path: `/api/v1/calls/${call.id}`, body: { notes: 'said once' }, ifMatch: call.version }),
    rows: 'SELECT sum(version - 1)::int AS count FROM calls WHERE agent_id = $1',
    withNewKey: 412,
  },
  {
    name: 'an escalation',
    method: 'POST',
    status: 201,
    asking: ({ call }) => ({ path: `/api/v1/calls/${call.id}/escalations`, body: { urgency: 'same-day' } }),
    rows: "SELECT count(*)::int FROM audit_events WHERE actor_id = $1 AND kind LIKE 'escalation.%'",
    withNewKey: 201,
  },
  {
    name: 'the outcome of an escalation',
    method: 'PATCH',
    status: 200,
    asking: ({ escalation }) => ({ path: `/api/v1/escalations/${escalation.id}`, body: { outcome: 'line-lost' }, ifMatch: escalation.version }),
    rows: "SELECT count(*)::int FROM audit_events WHERE actor_id = $1 AND kind = 'escalation.outcome'",
    withNewKey: 412,
  },
  {
    name: 'the opening of a topic',
    method: 'POST',
    status: 201,
    asking: ({ call }) => ({ path: `/api/v1/calls/${call.id}/consultations`, body: { topic: 'sciatica' } }),
    rows: 'SELECT count(*)::int FROM consultations n JOIN calls c ON c.id = n.call_id WHERE c.agent_id = $1',
    withNewKey: 201,
  },
  {
    name: 'steps of the guidance trail',
    method: 'POST',
    status: 201,
    asking: ({ call, consultationId }) => ({
      path: `/api/v1/calls/${call.id}/consultations/${consultationId}/events`,
      body: {
        events: [
          { kind: 'shown', detail: 'one' },
          { kind: 'shown', detail: 'two' },
        ],
      },
    }),
    rows: 'SELECT count(*)::int FROM trail_events t JOIN calls c ON c.id = t.call_id WHERE c.agent_id = $1',
    withNewKey: 201,
  },
  {
    name: 'an entry in the recording ledger',
    method: 'POST',
    status: 201,
    asking: ({ call }) => ({ path: `/api/v1/calls/${call.id}/recording-events`, body: { kind: 'unknown' } }),
    rows: 'SELECT count(*)::int FROM recording_events r JOIN calls c ON c.id = r.call_id WHERE c.agent_id = $1',
    withNewKey: 409,
  },
]

/** An agent in a call with a topic open and an escalation to settle; for the start of a call, one without. */
async function makeWorld(house: FaultHouse, lost: Lost): Promise<World> {
  const agent = await arrive(house, 'Ama')
  const desk = deskOf(house, agent)
  const call = await desk.start()
  const consultation = await desk.consult(call, 'back-pain')
  const escalation = await desk.escalate(call, 'same-day')
  if (lost.name === 'the start of a call') await desk.act(call, 'end')
  return { house, agent, call, consultationId: consultation.id, escalation }
}

for (const lost of LOST)
  test(`the answer to ${lost.name} is lost: the same key replays it, and it was done once`, async ({ faultHouse: house, openProxy }) => {
    const world = await makeWorld(house, lost)
    const { path, ...asking } = lost.asking(world)
    const proxy = await openProxy(house)
    const count = async () => (await house.pool.query<{ count: number }>(lost.rows, [world.agent.id])).rows[0]?.count ?? 0
    const before = await count()
    const key = newKey()
    const attempt = (through: Pick<FaultHouse, 'config'>, withKey: string): Promise<Reply> =>
      ask({ ...house, ...through }, lost.method, path, { as: world.agent, key: withKey, ...asking })

    proxy.decide(() => 'cut after')
    await expect(attempt(proxy.house, key)).rejects.toThrow()
    const once = await count()
    expect(once, 'it was committed').toBeGreaterThan(before)

    const replies = [await attempt(house, key), ...(await Promise.all([attempt(house, key), attempt(house, key)]))]
    for (const reply of replies) expect({ status: reply.status, body: reply.body }).toEqual({ status: lost.status, body: replies[0]?.body })
    expect(await count(), 'the retries did nothing more').toBe(once)

    await test.step('control: a retry under a key of its own is found out', async () => {
      const anew = await attempt(house, newKey())
      expect(anew.status).toBe(lost.withNewKey)
      const isReplayed = anew.status === lost.status && JSON.stringify(anew.body) === JSON.stringify(replies[0]?.body)
      expect(isReplayed && (await count()) === once).toBe(false)
    })
  })
