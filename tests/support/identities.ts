/** Everybody who can come to a door. */
import { randomBytes } from 'node:crypto'
import { expect } from 'playwright/test'
import { ask } from './ask.ts'
import type { House } from './house.ts'
import { ageSession, arrive, cookieOf, disablePerson, makeTeam, type SignedIn, type Visitor } from './people.ts'

export type Identity =
  | 'anonymous'
  | 'agent'
  | 'second agent'
  | 'agent of another team'
  | 'supervisor'
  | 'supervisor of another team'
  | 'author'
  | 'clinician'
  | 'dpo'
  | 'admin'
  | 'disabled'
  | 'signed out'
  | 'expired'
  | 'invented cookie'

type Known = 'agent' | 'second agent' | 'agent of another team' | 'supervisor' | 'supervisor of another team' | 'author' | 'clinician' | 'dpo' | 'admin'

export type Cast = Record<Known, SignedIn> & Record<Exclude<Identity, Known>, Visitor | undefined>

/** A copy of the cookie of somebody who then signs out the way a browser does. */
export async function makeSignedOut(house: House, person: SignedIn): Promise<Visitor> {
  const csrf = await ask(house, 'GET', '/api/auth/csrf')
  const cookies = (csrf.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0])
  const reply = await ask(house, 'POST', '/api/auth/signout', {
    body: { csrfToken: csrf.body.csrfToken, json: 'true' },
    headers: { cookie: [person.cookie, ...cookies].join('; ') },
  })
  expect(reply.status, reply.text).toBe(200)
  return { cookie: person.cookie }
}

export async function makeCast(house: House): Promise<Cast> {
  const team = await makeTeam(house, 'North')
  const other = await makeTeam(house, 'South')
  const disabled = await arrive(house, 'Dee Disabled', { team, roles: ['agent', 'supervisor'] })
  await disablePerson(house, disabled)
  const expired = await arrive(house, 'Eve Expired', { team, roles: ['agent', 'supervisor'] })
  await ageSession(house, expired, { seenMinutes: 16 })
  return {
    anonymous: undefined,
    agent: await arrive(house, 'Ama Agent', { team }),
    'second agent': await arrive(house, 'Ben Second', { team }),
    'agent of another team': await arrive(house, 'Cal Other', { team: other }),
    supervisor: await arrive(house, 'Sunita Supervisor', { team, roles: ['supervisor'] }),
    'supervisor of another team': await arrive(house, 'Tom Supervisor', { team: other, roles: ['supervisor'] }),
    author: await arrive(house, 'Aled Author', { team, roles: ['author'] }),
    clinician: await arrive(house, 'Clare Clinician', { team, roles: ['clinician'] }),
    dpo: await arrive(house, 'Dan Officer', { team, roles: ['dpo'] }),
    admin: await arrive(house, 'Mina Admin', { team, roles: ['admin'] }),
    disabled,
    'signed out': await makeSignedOut(house, await arrive(house, 'Sol Signedout', { team, roles: ['agent', 'supervisor'] })),
    expired,
    'invented cookie': { cookie: cookieOf(house, randomBytes(32).toString('base64url')) },
  }
}
