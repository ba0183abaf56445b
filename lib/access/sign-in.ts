import { randomUUIDv7 } from 'node:crypto'
import type { Database } from '#db/client.ts'
import { insertAuditEvent } from '#db/queries/audit.ts'
import { clearTries, countTry, findPersonByEmail, insertKnownDevice, insertSession, isKnownDevice, revokeSession } from '#db/queries/sessions.ts'
import { hashToken, isPassword, newToken, spendPasswordTime } from './secrets.ts'

/** Tries in five minutes for one account, or for one browser that has signed in to it before (Cyber Essentials: at most 10). */
const TRIES = 10

export type SignInAttempt = { email: string; password: string; deviceToken: string | undefined; oldSessionToken: string | undefined; ip: string | null }
export type SignedIn = { personId: string; sessionToken: string; deviceToken: string }
export type SignInResult = SignedIn | 'refused' | { waitSeconds: number }

/**
 * Signs a person in. The try is counted in the database before the password is looked at, so a parallel burst gets no more
 * than its ten. Unknown, disabled and wrong answer alike and take as long. The session this browser held before is ended.
 */
export async function signIn(db: Database, attempt: SignInAttempt): Promise<SignInResult> {
  const email = attempt.email.trim().toLowerCase()
  const person = await findPersonByEmail(db, email)
  const deviceHash = attempt.deviceToken ? hashToken(attempt.deviceToken) : undefined
  const isKnown = person && deviceHash ? await isKnownDevice(db, deviceHash, person.id) : false
  const bucket = isKnown ? `device:${deviceHash}:${person?.id}` : `account:${hashToken(email)}`
  const { tries, secondsLeft } = await countTry(db, bucket)
  if (tries > TRIES) return { waitSeconds: Math.max(1, secondsLeft) }

  if (person?.status !== 'active') {
    await spendPasswordTime(attempt.password)
    return refuse(db, attempt, person?.id ?? null)
  }
  if (!(await isPassword(person.passwordHash, attempt.password))) return refuse(db, attempt, person.id)

  const sessionToken = newToken()
  const deviceToken = attempt.deviceToken ?? newToken()
  await db.transaction(async (tx) => {
    const sessionId = randomUUIDv7()
    if (attempt.oldSessionToken) await revokeSession(tx, hashToken(attempt.oldSessionToken))
    await insertSession(tx, { id: sessionId, tokenHash: hashToken(sessionToken), personId: person.id })
    await insertKnownDevice(tx, hashToken(deviceToken), person.id)
    await clearTries(tx, bucket)
    await insertAuditEvent(tx, { kind: 'session.started', actorId: person.id, sessionId, ip: attempt.ip, subjectId: person.id })
  })
  return { personId: person.id, sessionToken, deviceToken }
}

async function refuse(db: Database, attempt: SignInAttempt, personId: string | null): Promise<'refused'> {
  await insertAuditEvent(db, { kind: 'session.refused', actorId: null, ip: attempt.ip, subjectId: personId })
  return 'refused'
}

/** Ends the session of a token, at once and for every copy of the cookie. */
export async function signOut(db: Database, sessionToken: string): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await revokeSession(tx, hashToken(sessionToken))
    if (ended) await insertAuditEvent(tx, { kind: 'session.ended', actorId: ended.personId, sessionId: ended.id, subjectId: ended.personId })
  })
}
