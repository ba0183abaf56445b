/** Databases for tests: one template a run, migrated and seeded once, and copies of it. Several workers and several runs can share a server. */
import { createHash, randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { openDatabase } from '#db/client.ts'
import { importLibrary } from '#db/seed/guidance.ts'
import { seedHelpline } from '#db/seed/helpline.ts'
import { migrate } from '#lib/cli/migrate.ts'
import { readLibrary } from '#lib/guidance/files.ts'

const PREFIX = 'callside_test_'
const TEMPLATE = `${PREFIX}template`
/** Its name until it is complete: a run that dies half-way leaves no template that looks whole. */
const MAKING = `${PREFIX}making`
const OWNER = 'callside_test_owner'

/** Advisory locks say who uses which database: they vanish with a killed process, so what it left is known by its missing lock. */
const LOCKS = 7_241_502
const TURN = 0

const CHECKOUT = path.resolve(import.meta.dirname, '..', '..')

export type Databases = {
  /** A fresh copy of the template; the address is its owner's, who is no superuser. */
  copy(): Promise<{ url: string; drop(): Promise<void> }>
  close(): Promise<void>
}

/** The same for every worker of one server, and not to be guessed by others. */
const ownerPassword = (superuserUrl: string) => createHash('sha256').update(`owner ${superuserUrl}`).digest('base64url')

function ownerUrl(superuserUrl: string, database: string): string {
  const url = new URL(superuserUrl)
  url.username = OWNER
  url.password = ownerPassword(superuserUrl)
  url.pathname = `/${database}`
  return url.toString()
}

const lockDatabase = (admin: pg.Client, name: string, how: 'pg_advisory_lock' | 'pg_advisory_lock_shared' | 'pg_advisory_unlock_shared') =>
  admin.query(`SELECT ${how}($1, hashtext($2))`, [LOCKS, name])

/** Removes a database that no living process uses. */
async function dropUnused(admin: pg.Client, name: string): Promise<void> {
  const { rows } = await admin.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, hashtext($2)) AS taken', [LOCKS, name])
  if (!rows[0]?.taken) return
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await admin.query('SELECT pg_advisory_unlock($1, hashtext($2))', [LOCKS, name])
}

async function inTurn<T>(admin: pg.Client, work: () => Promise<T>): Promise<T> {
  await admin.query('SELECT pg_advisory_lock($1, $2)', [LOCKS, TURN])
  try {
    return await work()
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1, $2)', [LOCKS, TURN])
  }
}

async function ensureOwner(admin: pg.Client, password: string): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [[OWNER, 'callside_app']])
  const roles = rows.map((row) => row.rolname)
  if (!roles.includes(OWNER)) await admin.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE`)
  await admin.query(`ALTER ROLE ${OWNER} PASSWORD ${admin.escapeLiteral(password)}`)
  // Made by the owner of another database of this server: then only the superuser can hand it on.
  if (roles.includes('callside_app')) await admin.query(`GRANT callside_app TO ${OWNER}`)
}

async function makeTemplate(admin: pg.Client, databaseUrl: string): Promise<void> {
  await admin.query(`CREATE DATABASE ${MAKING} OWNER ${OWNER}`)
  await migrate({ databaseUrl })
  const library = await readLibrary(path.join(CHECKOUT, 'db', 'seed', 'guidance'))
  const handle = openDatabase(databaseUrl, () => undefined, 1)
  try {
    await handle.db.transaction(async (tx) => {
      await seedHelpline(tx, library.numbers)
      await importLibrary(tx, library, 'sample')
    })
  } finally {
    await handle.close()
  }
  await admin.query(`ALTER DATABASE ${MAKING} RENAME TO ${TEMPLATE}`)
}

async function ensureTemplate(admin: pg.Client, superuserUrl: string): Promise<void> {
  const listed = await admin.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [`${PREFIX}%`])
  for (const { datname } of listed.rows) await dropUnused(admin, datname)
  await ensureOwner(admin, ownerPassword(superuserUrl))
  const { rows } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE])
  await lockDatabase(admin, TEMPLATE, 'pg_advisory_lock_shared')
  if (rows.length === 0) await makeTemplate(admin, ownerUrl(superuserUrl, MAKING))
}

/** Clears what killed runs left, and makes the template unless another worker of this run has. Holds the template until `close`. */
export async function openDatabases(superuserUrl: string): Promise<Databases> {
  if (superuserUrl === '') throw new Error('There is no database for the tests: run them through `npm test`')
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  try {
    await inTurn(admin, () => ensureTemplate(admin, superuserUrl))
  } catch (error) {
    await admin.end()
    throw error
  }

  return {
    async copy() {
      const name = `${PREFIX}${randomBytes(6).toString('hex')}`
      await lockDatabase(admin, name, 'pg_advisory_lock')
      await inTurn(admin, () => admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${OWNER}`))
      return { url: ownerUrl(superuserUrl, name), drop: async () => void (await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)) }
    },
    async close() {
      await inTurn(admin, async () => {
        await lockDatabase(admin, TEMPLATE, 'pg_advisory_unlock_shared')
        await dropUnused(admin, TEMPLATE)
      })
      await admin.end()
    },
  }
}
