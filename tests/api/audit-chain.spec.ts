/** The chain finds whoever changes the record of what was done, the owner of the database included. */
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { openDatabase } from '#db/client.ts'
import { type ChainBreak, verifyChain } from '#db/queries/audit.ts'
import { appUrlOf } from '#lib/env.ts'
import { deskOf } from '../support/desk.ts'
import { arrive } from '../support/people.ts'
import { expect, type House, test } from '../support/test.ts'

async function verify(house: House) {
  const handle = openDatabase(house.config.databaseUrl, () => undefined, 1)
  try {
    return await verifyChain(handle.db)
  } finally {
    await handle.close()
  }
}

/** A house with a handful of links. */
async function withLinks(house: House) {
  const desk = deskOf(house, await arrive(house, 'Ama'))
  const call = await desk.start()
  await desk.record(call, 'told')
  await desk.act(call, 'hold')
  await desk.act(call, 'resume')
  await desk.change(call, { dispositionCode: 'test' })
  await desk.act(call, 'finish')
  const { links, broken } = await verify(house)
  expect(broken).toBeNull()
  expect(links).toBeGreaterThanOrEqual(6)
  return links
}

test('the chain is whole after ordinary work, and has one link for each event', async ({ openHouse }) => {
  const house = await openHouse()
  const links = await withLinks(house)
  const { rows } = await house.pool.query<{ count: string }>('SELECT count(*) FROM audit_events')
  expect(Number(rows[0]?.count)).toBe(links)
})

/** What somebody with the owner's rights might do, and what the check says of it. `$1` is the number of links. */
const FORGERIES: { what: string; sql: string[]; found: (links: number) => Partial<ChainBreak> }[] = [
  ...['kind', 'subject_id'].map((column) => ({
    what: `an event’s ${column} is edited`,
    sql: [`UPDATE audit_events SET ${column} = 'x' WHERE id = (SELECT event_id FROM audit_chain WHERE position = 3)`],
    found: () => ({ position: 3 }),
  })),
  ...['actor_id', 'session_id', 'call_id', 'scope_person_id', 'scope_team_id'].map((column) => ({
    what: `an event’s ${column} is edited`,
    sql: [`UPDATE audit_events SET ${column} = gen_random_uuid() WHERE id = (SELECT event_id FROM audit_chain WHERE position = 3)`],
    found: () => ({ position: 3 }),
  })),
  {
    what: 'an event’s time is moved by a microsecond',
    sql: ["UPDATE audit_events SET at = at + interval '1 microsecond' WHERE id = (SELECT event_id FROM audit_chain WHERE position = 2)"],
    found: () => ({ position: 2 }),
  },
  {
    what: 'an event’s address is edited',
    sql: ["UPDATE audit_events SET ip = '192.0.2.1' WHERE id = (SELECT event_id FROM audit_chain WHERE position = 2)"],
    found: () => ({ position: 2 }),
  },
  {
    what: 'an event’s detail is edited',
    sql: [`UPDATE audit_events SET detail = '{"x": 1}' WHERE id = (SELECT event_id FROM audit_chain WHERE position = 4)`],
    found: () => ({ position: 4 }),
  },
  {
    what: 'an event is deleted',
    sql: ['DELETE FROM audit_events WHERE id = (SELECT event_id FROM audit_chain WHERE position = 3)'],
    found: () => ({ position: 3, why: 'its event is missing' }),
  },
  {
    what: 'an event is deleted with its link',
    sql: ['WITH link AS (DELETE FROM audit_chain WHERE position = 3 RETURNING event_id) DELETE FROM audit_events WHERE id IN (SELECT event_id FROM link)'],
    found: () => ({ position: 4 }),
  },
  {
    what: 'an event and its link are deleted and the rest moved up',
    sql: [
      'WITH link AS (DELETE FROM audit_chain WHERE position = 3 RETURNING event_id) DELETE FROM audit_events WHERE id IN (SELECT event_id FROM link)',
      'UPDATE audit_chain SET position = position + 1000 WHERE position > 3',
      'UPDATE audit_chain SET position = position - 1001 WHERE position > 1000',
      'UPDATE audit_head SET position = position - 1',
    ],
    found: () => ({ position: 3 }),
  },
  {
    what: 'two events change places',
    sql: [
      'CREATE TEMP TABLE pair ON COMMIT DROP AS SELECT position, event_id FROM audit_chain WHERE position IN (2, 3)',
      'UPDATE audit_chain SET event_id = gen_random_uuid() WHERE position IN (2, 3)',
      'UPDATE audit_chain SET event_id = (SELECT event_id FROM pair WHERE pair.position = 5 - audit_chain.position) WHERE position IN (2, 3)',
    ],
    found: () => ({ position: 2 }),
  },
  {
    what: 'an event is slipped in without a link',
    sql: [
      'ALTER TABLE audit_events DISABLE TRIGGER audit_link',
      "INSERT INTO audit_events (id, kind) VALUES (gen_random_uuid(), 'call.read')",
      'ALTER TABLE audit_events ENABLE TRIGGER audit_link',
    ],
    found: (links) => ({ position: links + 1, why: 'an event has no link' }),
  },
  {
    what: 'the tail is cut',
    sql: [
      'WITH link AS (DELETE FROM audit_chain WHERE position > (SELECT position - 2 FROM audit_head) RETURNING event_id) DELETE FROM audit_events WHERE id IN (SELECT event_id FROM link)',
    ],
    found: (links) => ({ position: links - 2, why: 'the end of the chain was cut' }),
  },
  { what: 'the head’s place is changed', sql: ['UPDATE audit_head SET position = position + 1'], found: (links) => ({ position: links }) },
  { what: 'the head’s hash is changed', sql: ["UPDATE audit_head SET hash = repeat('a', 64)"], found: (links) => ({ position: links }) },
  { what: 'a link’s hash is changed', sql: ["UPDATE audit_chain SET hash = repeat('a', 64) WHERE position = 2"], found: () => ({ position: 2 }) },
  {
    what: 'everything is deleted',
    sql: ['DELETE FROM audit_chain', 'DELETE FROM audit_events'],
    found: () => ({ position: 0, why: 'the end of the chain was cut' }),
  },
]

test('the check finds what the owner of the database changed, and where', async ({ openHouse }) => {
  const house = await openHouse()
  const links = await withLinks(house)
  const client = await house.pool.connect()
  try {
    for (const { what, sql, found } of FORGERIES) {
      // Rolled back each time: the check reads inside the forger's own transaction.
      await client.query('BEGIN')
      for (const statement of sql) await client.query(statement)
      const { broken } = await verifyChain(drizzle(client))
      expect(broken, what).toMatchObject(found(links))
      await client.query('ROLLBACK')
    }
    expect((await verifyChain(drizzle(client))).broken).toBeNull()
  } finally {
    client.release()
  }
})

test('fifty people writing at once keep the chain whole, and no save fails for it', async ({ openHouse }) => {
  const house = await openHouse()
  const people = await Promise.all(Array.from({ length: 50 }, () => arrive(house, 'Ama')))
  await Promise.all(
    people.map(async (person) => {
      const desk = deskOf(house, person)
      const call = await desk.start()
      await desk.record(call, 'told')
      await desk.escalate(call)
      await desk.change(call, { dispositionCode: 'test' })
    }),
  )
  const { links, broken } = await verify(house)
  expect(broken).toBeNull()
  expect(links).toBe(50 * 4)
})

test.describe('the app’s role', () => {
  const LEDGERS = ['audit_events', 'trail_events', 'recording_events', 'call_events', 'consultations']
  const NEVER_WRITTEN = ['audit_chain', 'audit_head', 'guidance_versions', 'helpline', 'dispositions', 'recording_notices', 'opening_hours', 'service_numbers']

  test('can read and add to the ledgers and do nothing else to them, and cannot touch the chain at all', async ({ house }) => {
    const desk = deskOf(house, await arrive(house, 'Ama'))
    const call = await desk.start()
    await desk.follow(call, await desk.consult(call, 'back-pain'), { kind: 'shown' })
    await desk.record(call, 'told')
    const app = new pg.Client({ connectionString: appUrlOf(house.config.databaseUrl) })
    await app.connect()
    try {
      for (const table of [...LEDGERS, ...NEVER_WRITTEN]) {
        await app.query(`SELECT 1 FROM ${table} LIMIT 1`)
        const { rows } = await app.query<{ column: string }>(
          'SELECT column_name AS column FROM information_schema.columns WHERE table_name = $1 AND is_identity = $2',
          [table, 'NO'],
        )
        const column = rows[0]?.column
        for (const statement of [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`])
          await expect(app.query(statement), statement).rejects.toThrow(/permission denied/)
        if (NEVER_WRITTEN.includes(table)) await expect(app.query(`INSERT INTO ${table} DEFAULT VALUES`), table).rejects.toThrow(/permission denied/)
      }
      for (const statement of [
        'ALTER TABLE audit_events DISABLE TRIGGER ALL',
        'DROP TRIGGER finished_call_stands ON calls',
        'DROP TABLE audit_events',
        'CREATE TABLE mine (id int)',
        'CREATE OR REPLACE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
      ])
        await expect(app.query(statement), statement).rejects.toThrow(/permission denied|must be owner/)
      for (const table of ['calls', 'people', 'sessions', 'escalations'])
        await expect(app.query(`DELETE FROM ${table}`), table).rejects.toThrow(/permission denied/)
    } finally {
      await app.end()
    }
  })

  test('owns nothing and has no right that goes round the others', async ({ house }) => {
    const { rows: roles } = await house.pool.query(
      "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication, rolcanlogin FROM pg_roles WHERE rolname = 'callside_app'",
    )
    expect(roles).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false, rolreplication: false, rolcanlogin: false }])
    const { rows: owned } = await house.pool.query("SELECT relname FROM pg_class WHERE relowner = 'callside_app'::regrole")
    expect(owned).toEqual([])
    const { rows: owner } = await house.pool.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user')
    expect(owner, 'the tests’ owner has no more rights than a helpline’s own').toEqual([{ rolsuper: false }])
  })
})
