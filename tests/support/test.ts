/** What API and console tests start from: `house`, one for each worker, and `openHouse` for a test that needs one to itself. */
import { test as base } from 'playwright/test'
import { type Databases, openDatabases } from './databases.ts'
import { type House, type HouseOptions, openHouse } from './house.ts'

export { expect } from 'playwright/test'
export type { House } from './house.ts'

type ForTest = {
  /** A house of this test's own, closed when the test ends. */
  openHouse: (options?: HouseOptions) => Promise<House>
}

type ForWorker = {
  /** Whether `house` serves the screens too: `test.use({ pages: true })` at the top of a file. */
  pages: boolean
  /** A superuser's address of the empty Postgres that belongs to this run. */
  databaseUrl: string
  databases: Databases
  /** Shared by the tests of a worker: make people and calls of your own in it, and change no settings. */
  house: House
}

export const test = base.extend<ForTest, ForWorker>({
  databaseUrl: [process.env.CALLSIDE_TEST_DATABASE_URL ?? '', { option: true, scope: 'worker' }],
  pages: [false, { option: true, scope: 'worker' }],
  databases: [
    async ({ databaseUrl }, use) => {
      const databases = await openDatabases(databaseUrl)
      await use(databases)
      await databases.close()
    },
    { scope: 'worker' },
  ],
  house: [
    async ({ databases, pages }, use) => {
      const house = await openHouse(databases, { pages })
      await use(house)
      await house.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  openHouse: async ({ databases }, use) => {
    const opened: House[] = []
    await use(async (options) => {
      const house = await openHouse(databases, options)
      opened.push(house)
      return house
    })
    for (const house of opened) await house.close()
  },
})
