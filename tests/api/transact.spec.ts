/** A transaction whose first and last statements travel with BEGIN and COMMIT commits all of it or nothing. */
import { sql } from 'drizzle-orm'
import { append, type DatabaseHandle, openDatabase, type Tx } from '#db/client.ts'
import { test as base, expect } from '../support/test.ts'

type Probe = { handle: DatabaseHandle; lost: string[]; names(): Promise<string[]> }

const test = base.extend<{ probe: Probe }>({
  probe: async ({ databases }, use) => {
    const copy = await databases.copy()
    const lost: string[] = []
    const handle = openDatabase(copy.url, (error) => lost.push(error.message), 3)
    await handle.pool.query(`
      CREATE TABLE probe (name text PRIMARY KEY);
      CREATE FUNCTION refuse_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused at commit'; END $$;
      CREATE CONSTRAINT TRIGGER refuse_late AFTER INSERT ON probe DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.name = 'late') EXECUTE FUNCTION refuse_late()`)
    const names = async () => (await handle.pool.query<{ name: string }>('SELECT name FROM probe ORDER BY name')).rows.map((row) => row.name)
    await use({ handle, lost, names })
    await handle.close()
    await copy.drop()
  },
})

const add = (tx: Tx, name: string) => tx.execute(sql`INSERT INTO probe (name) VALUES (${name})`)
const fail = (tx: Tx) => tx.execute(sql`SELECT ${'no number'}::int`)

test('commits what was opened with, done, appended and closed with', async ({ probe }) => {
  const made = await probe.handle.transact({
    opening: (tx) => add(tx, 'opening'),
    work: async (tx) => {
      await append(tx, add(tx, 'appended'))
      await add(tx, 'work')
      return 42
    },
    closing: (tx) => add(tx, 'closing'),
  })
  expect(made).toBe(42)
  expect(await probe.names()).toEqual(['appended', 'closing', 'opening', 'work'])
})

const FAILURES: Record<string, Parameters<DatabaseHandle['transact']>[0]> = {
  'the opening fails': { opening: fail, work: async (tx) => add(tx, 'work') },
  'the work throws': {
    opening: (tx) => add(tx, 'opening'),
    work: async (tx) => {
      await append(tx, add(tx, 'appended'))
      throw new Error('a refusal')
    },
  },
  'an appended statement fails before others': {
    opening: (tx) => add(tx, 'opening'),
    work: async (tx) => {
      await append(tx, fail(tx))
      await add(tx, 'work')
    },
  },
  'the last appended statement fails': {
    opening: (tx) => add(tx, 'opening'),
    work: (tx) => append(tx, fail(tx)),
    closing: (tx) => add(tx, 'closing'),
  },
  'the closing fails': { opening: (tx) => add(tx, 'opening'), work: (tx) => add(tx, 'work'), closing: fail },
  'a failure is swallowed': {
    opening: (tx) => add(tx, 'opening'),
    work: async (tx) => {
      await fail(tx).catch(() => undefined)
    },
  },
  // The closing statement must be on the wire before COMMIT: sent after it, it would stand alone.
  'the commit itself is refused': { opening: (tx) => add(tx, 'opening'), work: (tx) => add(tx, 'late'), closing: (tx) => add(tx, 'closing') },
  'the commit is refused after an append': {
    opening: (tx) => add(tx, 'late'),
    work: (tx) => append(tx, add(tx, 'appended')),
    closing: (tx) => add(tx, 'closing'),
  },
}

for (const [name, parts] of Object.entries(FAILURES))
  test(`keeps nothing when ${name}, and the connection is of use again`, async ({ probe }) => {
    await expect(probe.handle.transact(parts)).rejects.toThrow()
    expect(await probe.names()).toEqual([])
    await probe.handle.transact({ opening: (tx) => add(tx, 'afterwards'), work: async () => undefined })
    expect(await probe.names()).toEqual(['afterwards'])
  })

test('keeps nothing when the backend dies in the middle, and the pool recovers', async ({ probe }) => {
  const { handle } = probe
  const dying = handle.transact({
    opening: (tx) => add(tx, 'opening'),
    work: async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`)
      await handle.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      await add(tx, 'work')
    },
  })
  await expect(dying).rejects.toThrow()
  expect(await probe.names()).toEqual([])
  await handle.transact({ opening: (tx) => add(tx, 'afterwards'), work: async () => undefined })
  expect(await probe.names()).toEqual(['afterwards'])
})
