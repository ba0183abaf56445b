/** The demo's own database and secrets: made once on this machine, kept in `.data`. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { type EmbeddedPostgres, joinPostgres, removeOrphans } from '#lib/cli/embedded-postgres.ts'
import { findHome } from '#lib/cli/postgres-place.ts'
import { readRecord, writeRecord } from '#lib/cli/records.ts'
import { say } from '#lib/cli/terminal.mjs'
import type { DemoDefaults } from '#lib/env.ts'

type Secrets = { superuserPassword: string; databasePassword: string; authSecret: string; dataKey: string }

const OWNER = 'callside'
const DATABASE = 'callside'

const newPassword = () => randomBytes(24).toString('base64url')

const newSecrets = (): Secrets => ({
  superuserPassword: newPassword(),
  databasePassword: newPassword(),
  authSecret: randomBytes(32).toString('base64'),
  dataKey: randomBytes(32).toString('base64'),
})

/** Reads the secrets, making those that are missing. Call it with the checkout's lock held: two first starts must not each make their own. */
function readSecrets(dataFolder: string): Secrets {
  const file = path.join(dataFolder, 'secrets.json')
  const known = readRecord<Partial<Secrets>>(file) ?? {}
  const secrets = { ...newSecrets(), ...known }
  if (Object.keys(known).length < Object.keys(secrets).length) writeRecord(file, secrets)
  return secrets
}

function defaultsOf(secrets: Secrets, port: number): DemoDefaults {
  const { authSecret, dataKey, databasePassword } = secrets
  return { authSecret, dataKey, databaseUrl: `postgres://${OWNER}:${databasePassword}@127.0.0.1:${port}/${DATABASE}` }
}

/** Settings good enough to be checked before there is a database; never used and never kept. */
export const provisionalDefaults = (): DemoDefaults => defaultsOf(newSecrets(), 1)

/** The owner is no superuser: the demo then needs nothing that a helpline's own Postgres would not give. */
async function ensureDatabase(url: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, ssl: false })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: roles } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [OWNER])
    if (roles.length === 0) await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD ${client.escapeLiteral(password)}`)
    const { rows: databases } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (databases.length === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`)
  } finally {
    await client.end()
  }
}

/** Starts or joins the demo's Postgres and makes its database. Call it with the checkout's lock held. */
export async function openDemo(checkout: string, dataFolder: string): Promise<{ postgres: EmbeddedPostgres; defaults: DemoDefaults }> {
  const secrets = readSecrets(dataFolder)
  const home = findHome(checkout)
  await removeOrphans(home)
  const postgres = await joinPostgres(home.place('demo'), secrets.superuserPassword, say)
  try {
    await ensureDatabase(postgres.superuserUrl(), secrets.databasePassword)
  } catch (error) {
    await postgres.leave()
    throw error
  }
  return { postgres, defaults: defaultsOf(secrets, postgres.port) }
}
