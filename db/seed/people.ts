import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '#db/client.ts'
import { countPeople, insertPerson } from '#db/queries/people.ts'
import { people, setUpLinks, teams } from '#db/schema/people.ts'
import type { Role } from '#lib/access/roles.ts'
import { hashPassword, hashToken, isPassword, newToken } from '#lib/access/secrets.ts'

const DEMO: { role: string; email: string; name: string; roles: Role[] }[] = [
  { role: 'agent', email: 'agent@callside.example', name: 'Ama Osei', roles: ['agent'] },
  { role: 'agent', email: 'agent2@callside.example', name: 'Ben Rhys', roles: ['agent'] },
  { role: 'supervisor', email: 'supervisor@callside.example', name: 'Sunita Rao', roles: ['supervisor'] },
  { role: 'author', email: 'author@callside.example', name: 'Aled Price', roles: ['author'] },
  { role: 'clinician', email: 'clinician@callside.example', name: 'Clare Moss', roles: ['clinician'] },
  { role: 'dpo', email: 'dpo@callside.example', name: 'Dan Okafor', roles: ['dpo'] },
  { role: 'admin', email: 'admin@callside.example', name: 'Mina Patel', roles: ['admin'] },
]

const accountsSchema = z.array(z.object({ role: z.string(), email: z.string(), password: z.string() }))
type Account = z.infer<typeof accountsSchema>[number]

const newPassword = () => randomBytes(15).toString('base64url')

async function readAccounts(file: string): Promise<Account[]> {
  try {
    return accountsSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return []
  }
}

/** The demo's people, with passwords made on this machine and kept beside the data for its owner alone. */
export async function seedDemoPeople(tx: Tx, file: string): Promise<void> {
  const kept = await readAccounts(file)
  const accounts = DEMO.map((person) => ({
    role: person.role,
    email: person.email,
    password: kept.find((account) => account.email === person.email)?.password ?? newPassword(),
  }))
  const team = await findOrMakeTeam(tx)
  for (const [at, person] of DEMO.entries()) await seedDemoPerson(tx, team, person, accounts[at]?.password ?? newPassword())
  await writeFile(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  await chmod(file, 0o600)
}

async function findOrMakeTeam(tx: Tx): Promise<string> {
  const [team] = await tx.select({ id: teams.id }).from(teams).where(eq(teams.name, 'Helpline'))
  if (team) return team.id
  const id = randomUUIDv7()
  await tx.insert(teams).values({ id, name: 'Helpline' })
  return id
}

async function seedDemoPerson(tx: Tx, teamId: string, person: (typeof DEMO)[number], password: string): Promise<void> {
  const [known] = await tx.select({ id: people.id, passwordHash: people.passwordHash }).from(people).where(eq(people.email, person.email))
  if (known) {
    if (!(await isPassword(known.passwordHash, password)))
      await tx
        .update(people)
        .set({ passwordHash: await hashPassword(password) })
        .where(eq(people.id, known.id))
    return
  }
  const passwordHash = await hashPassword(password)
  await insertPerson(tx, { id: randomUUIDv7(), email: person.email, name: person.name, passwordHash, teamId, isDemo: true }, person.roles)
}

/** The token of a set-up link that works once and for a day, while nobody can sign in yet. */
export async function setUpLinkFor(tx: Tx): Promise<string | undefined> {
  if ((await countPeople(tx)) > 0) return undefined
  const token = newToken()
  await tx.insert(setUpLinks).values({ tokenHash: hashToken(token), expiresAt: sql`now() + interval '1 day'` })
  return token
}
