/** People and their sessions, put straight into the database: no test goes through the sign-in form to reach what it tests. */
import { randomUUIDv7 } from 'node:crypto'
import { sessionCookieName } from '#lib/access/cookies.ts'
import type { Role } from '#lib/access/roles.ts'
import { hashPassword, hashToken, newToken } from '#lib/access/secrets.ts'
import type { House } from './house.ts'

export type Team = { id: string; name: string }
export type Person = { id: string; name: string; email: string; team: Team | null; roles: readonly Role[] }
/** A person at a browser: what `ask` sends as. */
export type Visitor = { cookie: string }
export type SignedIn = Person & Visitor & { sessionId: string; token: string }

/** Good for every role. Made once: a hash takes a tenth of a second. */
export const PASSWORD = 'marble otter violin canal'
let passwordHash: Promise<string> | undefined

export async function makeTeam(house: House, name: string): Promise<Team> {
  const id = randomUUIDv7()
  await house.pool.query('INSERT INTO teams (id, name) VALUES ($1, $2)', [id, name])
  return { id, name }
}

type PersonOptions = {
  /** An agent unless it says otherwise. */
  roles?: readonly Role[]
  team?: Team | null
  isDemo?: boolean
  status?: 'active' | 'disabled'
}

/** Adds a person who may use samples, unless `isDemo` is false. Names may repeat; the email is this person's alone. */
export async function makePerson(house: House, name: string, options: PersonOptions = {}): Promise<Person> {
  const { roles = ['agent'], team = null, isDemo = true, status = 'active' } = options
  passwordHash ??= hashPassword(PASSWORD)
  const id = randomUUIDv7()
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${id.slice(-12)}@callside.example`
  await house.pool.query(
    `WITH made AS (INSERT INTO people (id, email, name, password_hash, status, team_id, is_demo) VALUES ($1, $2, $3, $4, $5, $6, $7))
     INSERT INTO person_roles (person_id, role) SELECT $1::uuid, unnest($8::text[])`,
    [id, email, name, await passwordHash, status, team?.id ?? null, isDemo, roles],
  )
  return { id, name, email, team, roles }
}

export const cookieOf = (house: House, token: string) => `${sessionCookieName(house.config)}=${token}`

/** A session of this person's, as a sign-in would make it. */
export async function signIn(house: House, person: Person): Promise<SignedIn> {
  const token = newToken()
  const sessionId = randomUUIDv7()
  await house.pool.query('INSERT INTO sessions (id, token_hash, person_id) VALUES ($1, $2, $3)', [sessionId, hashToken(token), person.id])
  return { ...person, cookie: cookieOf(house, token), sessionId, token }
}

/** A new person, signed in. With no team named they get one of their own. */
export async function arrive(house: House, name: string, options: PersonOptions = {}): Promise<SignedIn> {
  const team = options.team === undefined ? await makeTeam(house, `Team of ${name}`) : options.team
  return signIn(house, await makePerson(house, name, { ...options, team }))
}

/** Moves a session's clocks back by so many minutes: the database's clock is the only one that counts. */
export async function ageSession(house: House, session: { sessionId: string }, ago: { createdMinutes?: number; seenMinutes?: number }): Promise<void> {
  await house.pool.query(
    `UPDATE sessions SET created_at = created_at - $2 * interval '1 minute', last_seen_at = last_seen_at - $3 * interval '1 minute' WHERE id = $1`,
    [session.sessionId, ago.createdMinutes ?? 0, ago.seenMinutes ?? 0],
  )
}

export async function disablePerson(house: House, person: Person): Promise<void> {
  await house.pool.query("UPDATE people SET status = 'disabled' WHERE id = $1", [person.id])
}
