/** What fault tests start from: houses that can be killed, a Postgres that can be killed, and lines that misbehave. */
import { ask } from './ask.ts'
import { type FaultHouse, type FaultHouseOptions, openFaultHouse } from './fault-house.ts'
import { type FaultPostgres, openFaultPostgres } from './fault-postgres.ts'
import { type FaultProxy, openFaultProxy } from './fault-proxy.ts'
import type { House } from './house.ts'
import { test as base, expect } from './test.ts'

export type { FaultHouse } from './fault-house.ts'
export { expect } from './test.ts'

type FaultFixtures = {
  /** A house over a database of its own in the run's Postgres, or in the one that is given. */
  openFaultHouse(options?: FaultHouseOptions & { postgres?: FaultPostgres }): Promise<FaultHouse>
  postgres: FaultPostgres
  openProxy(house: House): Promise<FaultProxy>
}

type ForWorker = {
  /** For tests that leave its server as it is. */
  faultHouse: FaultHouse
}

export const test = base.extend<FaultFixtures, ForWorker>({
  faultHouse: [
    async ({ databases, pages }, use) => {
      const house = await openFaultHouse(await databases.copy(), { pages })
      await use(house)
      await house.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  postgres: async ({ databaseUrl: _ }, use) => {
    const postgres = await openFaultPostgres()
    await use(postgres)
    await postgres.close()
  },
  openFaultHouse: async ({ databases }, use) => {
    const opened: FaultHouse[] = []
    await use(async ({ postgres, ...options } = {}) => {
      const house = await openFaultHouse(await (postgres ?? { database: databases.copy }).database(), options)
      opened.push(house)
      return house
    })
    for (const house of opened) await house.close()
  },
  openProxy: async ({ databases: _ }, use) => {
    const opened: FaultProxy[] = []
    await use(async (house) => {
      const proxy = await openFaultProxy(house)
      opened.push(proxy)
      return proxy
    })
    for (const proxy of opened) await proxy.close()
  },
})

const healthOf = (house: House, which: 'live' | 'ready') =>
  ask(house, 'GET', `/api/health/${which}`).then(
    (reply) => reply.status,
    () => 'no answer',
  )

/** The process answers, whatever its database does. */
export const expectLive = async (house: House) => expect(await healthOf(house, 'live')).toBe(200)

/** Its readiness becomes this. */
export const untilReadiness = (house: House, status: 200 | 503) =>
  expect.poll(() => healthOf(house, 'ready'), { message: `readiness becomes ${status}`, timeout: 15_000, intervals: [50] }).toBe(status)
