import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Role } from '#lib/access/roles.ts'
import { prepared, type Reader } from '../client.ts'
import { knownDevices, people, personRoles, sessions, setUpLinks, signInTries } from '../schema/people.ts'

const roles = sql<Role[]>`(SELECT coalesce(array_agg(${personRoles.role}), '{}') FROM ${personRoles} WHERE ${personRoles.personId} = ${people.id})`

const session = prepared((db) =>
  db
    .select({
      id: sessions.id,
      personId: people.id,
      name: people.name,
      email: people.email,
      teamId: people.teamId,
      isDemo: people.isDemo,
      roles,
      ageMinutes: sql<number>`(extract(epoch from now() - ${sessions.createdAt}) / 60)::float8`,
      idleMinutes: sql<number>`(extract(epoch from now() - ${sessions.lastSeenAt}) / 60)::float8`,
      liveCallMinutes: sql<
        number | null
      >`(SELECT (extract(epoch from now() - calls.started_at) / 60)::float8 FROM calls WHERE calls.agent_id = ${people.id} AND calls.state IN ('ringing', 'in-progress', 'on-hold'))`,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(eq(sessions.tokenHash, sql.placeholder('tokenHash')), isNull(sessions.revokedAt), eq(people.status, 'active')))
    .prepare('find_session'),
)

/** Session, person, roles and live call in one look-up, for each request. */
export async function findSession(db: Reader, tokenHash: string) {
  const [row] = await session(db).execute({ tokenHash })
  return row
}

export async function insertSession(db: Reader, row: { id: string; tokenHash: string; personId: string }) {
  await db.insert(sessions).values(row)
}

export async function touchSession(db: Reader, id: string) {
  await db.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, id))
}

/** Ends the session that holds this token, if it still stands. */
export async function revokeSession(db: Reader, tokenHash: string) {
  const [row] = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.tokenHash, tokenHash), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id, personId: sessions.personId })
  return row
}

/** Ends every other session of a person; says how many. */
export async function revokeOtherSessions(db: Reader, personId: string, keepId: string): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.personId, personId), ne(sessions.id, keepId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  return rows.length
}

export async function findPersonByEmail(db: Reader, email: string) {
  const [row] = await db.select().from(people).where(sql`lower(${people.email}) = lower(${email})`)
  return row
}

export async function isKnownDevice(db: Reader, tokenHash: string, personId: string): Promise<boolean> {
  const rows = await db
    .select({ personId: knownDevices.personId })
    .from(knownDevices)
    .where(and(eq(knownDevices.tokenHash, tokenHash), eq(knownDevices.personId, personId)))
  return rows.length > 0
}

export async function insertKnownDevice(db: Reader, tokenHash: string, personId: string) {
  await db.insert(knownDevices).values({ tokenHash, personId }).onConflictDoNothing()
}

/**
 * Counts one try against a bucket before anything is checked, in one statement, so that a parallel burst cannot slip through.
 * Returns the tries in the running window of five minutes and the seconds until it ends.
 */
export async function countTry(db: Reader, bucket: string) {
  const expired = sql`${signInTries.windowStartedAt} < now() - interval '5 minutes'`
  const [row] = await db
    .insert(signInTries)
    .values({ bucket, tries: 1 })
    .onConflictDoUpdate({
      target: signInTries.bucket,
      set: {
        tries: sql`CASE WHEN ${expired} THEN 1 ELSE ${signInTries.tries} + 1 END`,
        windowStartedAt: sql`CASE WHEN ${expired} THEN now() ELSE ${signInTries.windowStartedAt} END`,
      },
    })
    .returning({
      tries: signInTries.tries,
      secondsLeft: sql<number>`ceil(extract(epoch from ${signInTries.windowStartedAt} + interval '5 minutes' - now()))::int`,
    })
  if (!row) throw new Error('the count of tries returned no row')
  return row
}

export async function clearTries(db: Reader, bucket: string) {
  await db.delete(signInTries).where(eq(signInTries.bucket, bucket))
}

/** Uses a set-up link once; nothing comes back for a used, expired or unknown one. */
export async function consumeSetUpLink(db: Reader, tokenHash: string): Promise<boolean> {
  const rows = await db
    .update(setUpLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(setUpLinks.tokenHash, tokenHash), isNull(setUpLinks.usedAt), sql`${setUpLinks.expiresAt} > now()`))
    .returning({ tokenHash: setUpLinks.tokenHash })
  return rows.length > 0
}
