import { randomUUIDv7 } from 'node:crypto'
import type { Reader, Tx } from '#db/client.ts'
import { insertAuditEvent } from '#db/queries/audit.ts'
import { findTeam, insertPerson, insertTeam, listTeamPeople } from '#db/queries/people.ts'
import { consumeSetUpLink, revokeOtherSessions } from '#db/queries/sessions.ts'
import type { Actor } from '#lib/access/actor.ts'
import { hashPassword, hashToken } from '#lib/access/secrets.ts'
import { audit } from '#lib/audit/service.ts'
import { Refusal } from '#lib/refusal.ts'

/** Who is signed in. A supervisor also gets the people whose calls they may see. */
export async function getMe(db: Reader, actor: Actor) {
  const team = actor.teamId ? await findTeam(db, actor.teamId) : undefined
  const agents = team && actor.roles.includes('supervisor') ? await listTeamPeople(db, team.id) : []
  return {
    id: actor.id,
    name: actor.name,
    email: actor.email,
    roles: [...actor.roles],
    isDemo: actor.isDemo,
    team: team ? { id: team.id, name: team.name, agents } : null,
  }
}

/** Ends every session of the actor's but this one. */
export async function endOtherSessions(tx: Tx, actor: Actor) {
  const ended = await revokeOtherSessions(tx, actor.id, actor.sessionId)
  await audit(tx, actor, 'session.others-ended', actor.id, { ended })
  return { ended }
}

export type SetUp = { token: string; name: string; email: string; password: string }

/** Makes the first admin, once, from the link that the first start printed. Refuses a used, expired or unknown link. */
export async function setUpFirstAdmin(tx: Tx, input: SetUp) {
  if (!(await consumeSetUpLink(tx, hashToken(input.token)))) throw new Refusal('set-up-link')
  const teamId = randomUUIDv7()
  const id = randomUUIDv7()
  await insertTeam(tx, { id: teamId, name: 'Helpline' })
  await insertPerson(tx, { id, email: input.email, name: input.name, passwordHash: await hashPassword(input.password), teamId, isDemo: false }, [
    'admin',
    'supervisor',
    'agent',
  ])
  await insertAuditEvent(tx, { kind: 'person.set-up', actorId: id, subjectId: id })
  return { id }
}
