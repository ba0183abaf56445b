import { eq } from 'drizzle-orm'
import type { Role } from '#lib/access/roles.ts'
import type { Reader } from '../client.ts'
import { people, personRoles, teams } from '../schema/people.ts'

export async function findTeam(db: Reader, id: string) {
  const [row] = await db.select().from(teams).where(eq(teams.id, id))
  return row
}

export async function insertTeam(db: Reader, row: typeof teams.$inferInsert) {
  await db.insert(teams).values(row)
}

export async function listTeamPeople(db: Reader, teamId: string) {
  return db.select({ id: people.id, name: people.name }).from(people).where(eq(people.teamId, teamId)).orderBy(people.name)
}

export async function insertPerson(db: Reader, row: typeof people.$inferInsert, roles: readonly Role[]) {
  await db.insert(people).values(row)
  await db.insert(personRoles).values(roles.map((role) => ({ personId: row.id, role })))
}

export async function countPeople(db: Reader): Promise<number> {
  return db.$count(people)
}
