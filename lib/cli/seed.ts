import { join } from 'node:path'
import { openDatabase } from '#db/client.ts'
import { importLibrary } from '#db/seed/guidance.ts'
import { seedHelpline } from '#db/seed/helpline.ts'
import { seedDemoPeople, setUpLinkFor } from '#db/seed/people.ts'
import type { Config } from '#lib/env.ts'
import { readLibrary } from '#lib/guidance/files.ts'

/**
 * Fills an empty database with what the first call needs, and brings the shipped samples up to date. The demo also gets its
 * accounts; any other deployment gets the samples as drafts and, while it has no people, a one-time link for the first admin.
 */
export async function seed(config: Config, options: { dataFolder: string }): Promise<{ setUpLink?: string }> {
  const library = await readLibrary(join(process.cwd(), 'db', 'seed', 'guidance'))
  const handle = openDatabase(config.databaseUrl, () => undefined, 2)
  try {
    return await handle.db.transaction(async (tx) => {
      await seedHelpline(tx, library.numbers)
      await importLibrary(tx, library, config.isDemo ? 'sample' : 'draft')
      if (config.isDemo) {
        await seedDemoPeople(tx, join(options.dataFolder, 'demo-accounts.json'))
        return {}
      }
      const token = await setUpLinkFor(tx)
      return token ? { setUpLink: `${config.origin}/set-up#${token}` } : {}
    })
  } finally {
    await handle.close()
  }
}
