/** A helpline's past, put straight into the tables: people with sessions, finished calls, and the ledgers of the newest. */
import { randomUUIDv7 } from 'node:crypto'
import type pg from 'pg'
import { hashPassword, hashToken, newToken } from '#lib/access/secrets.ts'
import type { House } from '../support/house.ts'
import { cookieOf, makePerson, makeTeam, type SignedIn, signIn } from '../support/people.ts'

export type Agent = { id: string; cookie: string; token: string }
export type Past = { teamId: string; agents: Agent[]; supervisor: SignedIn; recordedCalls: { id: string; agent: Agent }[] }

/** The newest calls have a full record: what is read in practice. */
const WITH_LEDGERS = 5_000

/** A UUIDv7 of a time and a number, so that ids follow the calls as they do in life. */
const idAt = (time: string, words: string) =>
  `(lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint), 12, '0') || '7' || left(md5(${words}), 3) || '8' || right(md5(${words}), 15))::uuid`

const CALLS = `
  INSERT INTO calls (id, reference, agent_id, team_id, state, started_at, ended_at, finished_at, recording_policy, notice_id, recording_state,
    recorded, told, urgency, topics, notes, caller, disposition_code, disposition_label, version)
  SELECT ${idAt('at', 'n::text')}, 'PAST-' || n, ($2::uuid[])[1 + n % cardinality($2::uuid[])], $1, 'finished', at, at + interval '9 minutes', at + interval '11 minutes',
    jsonb_build_object('recordsCalls', true, 'canStopRecording', true, 'cannotStopWording', 'This line cannot stop.'),
    (SELECT id FROM recording_notices LIMIT 1), 'recording', true, 'told', (ARRAY['routine', 'within-days', 'same-day', 'routine'])[1 + n % 4],
    ARRAY['emergency-first-screen', 'back-pain'], $4 || n, 'self', 'information', 'Information given', 6
  FROM generate_series(1, $3::int) n, LATERAL (SELECT now() - ($3::int - n + 30) * interval '1 minute' AS at) t`

const RECENT = `SELECT id AS call_id, agent_id, started_at FROM calls ORDER BY started_at DESC LIMIT ${WITH_LEDGERS}`

const LEDGERS = [
  `INSERT INTO call_events (id, call_id, kind, by, at) SELECT gen_random_uuid(), call_id, kind, agent_id, started_at + n * interval '4 minutes'
   FROM (${RECENT}) r, unnest(ARRAY['start', 'end', 'finish']) WITH ORDINALITY k (kind, n)`,
  `INSERT INTO recording_events (id, call_id, kind, by, at, second) SELECT gen_random_uuid(), call_id, 'told', agent_id, started_at + interval '8 seconds', 8 FROM (${RECENT}) r`,
  `INSERT INTO consultations (id, call_id, topic, version_id, opened_at, second) SELECT gen_random_uuid(), call_id, v.topic, v.id, started_at + interval '40 seconds', 40
   FROM (${RECENT}) r, guidance_versions v WHERE v.topic IN ('emergency-first-screen', 'back-pain')`,
  `INSERT INTO trail_events (id, call_id, consultation_id, kind, version_id, block_id, answer, at, second)
   SELECT gen_random_uuid(), c.call_id, c.id, k.kind, c.version_id, c.topic || '.block-' || k.n, k.answer, c.opened_at + k.n * interval '9 seconds', c.second + k.n * 9
   FROM consultations c, (VALUES (1, 'opened', NULL), (2, 'shown', NULL), (3, 'answered', 'no'), (4, 'answered', 'no'), (5, 'read-out', NULL)) k (n, kind, answer)`,
  `INSERT INTO escalations (id, call_id, cause, urgency, opened_at, second, destination, outcome, outcome_at)
   SELECT gen_random_uuid(), call_id, 'agent', 'same-day', started_at + interval '5 minutes', 300, 'gp-today', 'accepted', started_at + interval '6 minutes'
   FROM (${RECENT}) r WHERE abs(hashtext(call_id::text)) % 10 = 0`,
]

/** The bare server writes to a table of its own with the same rows and indexes. */
const FLOOR = [
  'CREATE SCHEMA floor',
  'CREATE TABLE floor.calls (LIKE public.calls INCLUDING DEFAULTS INCLUDING INDEXES) WITH (fillfactor = 75)',
  'INSERT INTO floor.calls SELECT * FROM public.calls',
  'CREATE TABLE floor.words (id uuid PRIMARY KEY, words text NOT NULL)',
]

async function makeAgents(house: House, teamId: string, count: number): Promise<Agent[]> {
  const passwordHash = await hashPassword(newToken())
  const agents = Array.from({ length: count }, () => ({ id: randomUUIDv7(), token: newToken() }))
  const ids = agents.map((agent) => agent.id)
  await house.pool.query(
    `INSERT INTO people (id, email, name, password_hash, team_id, is_demo)
     SELECT id, id || '@callside.example', 'Agent ' || n, $2, $3, true FROM unnest($1::uuid[]) WITH ORDINALITY a (id, n)`,
    [ids, passwordHash, teamId],
  )
  await house.pool.query(`INSERT INTO person_roles (person_id, role) SELECT unnest($1::uuid[]), 'agent'`, [ids])
  await house.pool.query('INSERT INTO sessions (id, token_hash, person_id) SELECT gen_random_uuid(), * FROM unnest($1::text[], $2::uuid[])', [
    agents.map((agent) => hashToken(agent.token)),
    ids,
  ])
  return agents.map((agent) => ({ ...agent, cookie: cookieOf(house, agent.token) }))
}

/** One team with a supervisor, its agents, and so many finished calls, one a minute. */
export async function makePast(house: House, counts: { calls: number; agents: number }): Promise<Past> {
  const team = await makeTeam(house, 'Bench')
  const supervisor = await signIn(house, await makePerson(house, 'Sunita Supervisor', { team, roles: ['supervisor'] }))
  const agents = await makeAgents(house, team.id, counts.agents)
  const ids = agents.map((agent) => agent.id)
  await house.pool.query(CALLS, [team.id, ids, counts.calls, 'Lower back pain for six weeks, worse when sitting. Call '])
  for (const statement of [...LEDGERS, ...FLOOR]) await house.pool.query(statement)
  await house.pool.query('VACUUM ANALYZE')
  const byId = new Map(agents.map((agent) => [agent.id, agent]))
  const { rows } = await house.pool.query<{ call_id: string; agent_id: string }>(RECENT)
  const recordedCalls = rows.flatMap((row) => {
    const agent = byId.get(row.agent_id)
    return agent ? [{ id: row.call_id, agent }] : []
  })
  return { teamId: team.id, agents, supervisor, recordedCalls }
}

/** Ends these calls with all that finishing asks for, past the rules: so that finishing alone is measured. */
export async function readyToFinish(pool: pg.Pool, ids: readonly string[]): Promise<void> {
  await pool.query(
    `UPDATE calls SET state = 'wrapping-up', ended_at = now(), told = 'told', caller = 'self', disposition_code = 'information',
     disposition_label = 'Information given' WHERE id = ANY ($1::uuid[])`,
    [ids],
  )
}
