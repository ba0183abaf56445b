/** A helpline's own Postgres, from the system's packages. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { findFreePort } from '#lib/cli/postgres-process.ts'
import { until } from './waiting.ts'

const LEAST_MAJOR = 15
const PASSWORD = 'smoke-only'

/** The oldest that Callside supports, or else what there is. */
export function findOutsidePostgres(): { major: number; bin: string } | undefined {
  const base = '/usr/lib/postgresql'
  const majors = existsSync(base)
    ? readdirSync(base)
        .map(Number)
        .filter((major) => major >= LEAST_MAJOR)
    : []
  const [major] = majors.sort((a, b) => a - b)
  return major === undefined ? undefined : { major, bin: path.join(base, String(major), 'bin') }
}

async function run(url: string, statements: string[]): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000, ssl: false })
  client.on('error', () => {})
  try {
    await client.connect()
    for (const statement of statements) await client.query(statement)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'ECONNREFUSED' || (error as { code?: string }).code === '57P03') return false
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

export type OutsidePostgres = { url: string; stop(): Promise<void> }

/** Starts it with a database whose owner is no superuser, as a managed Postgres gives one. */
export async function startOutsidePostgres(bin: string, folder: string, account: { uid: number; gid: number }): Promise<OutsidePostgres> {
  const data = path.join(folder, 'data')
  const passwordFile = path.join(folder, 'password')
  mkdirSync(folder, { recursive: true })
  writeFileSync(passwordFile, `${PASSWORD}\n`)
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder])
  const who = isRoot ? account : {}
  const options = { cwd: folder, ...who }
  execFileSync(path.join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8', `--pwfile=${passwordFile}`], {
    ...options,
    stdio: 'ignore',
  })
  const port = await findFreePort()
  const server: ChildProcess = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    { ...options, stdio: 'ignore' },
  )
  const administrator = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`
  await until('the outside Postgres answers', 60, () => run(administrator, []))
  await run(administrator, [`CREATE ROLE helpline LOGIN CREATEROLE PASSWORD '${PASSWORD}'`, 'CREATE DATABASE helpline OWNER helpline'])
  return {
    url: `postgres://helpline:${PASSWORD}@127.0.0.1:${port}/helpline`,
    async stop() {
      server.kill('SIGINT')
      await until('the outside Postgres stops', 30, () => server.exitCode !== null || server.signalCode !== null)
    },
  }
}
