import { openDatabase } from '#db/client.ts'
import { verifyChain } from '#db/queries/audit.ts'
import { readConfig } from '#lib/env.ts'

/** Recomputes the audit chain and says whether it is whole; the exit code is 1 when it is not. */
export async function verify(databaseUrl: string): Promise<boolean> {
  const handle = openDatabase(databaseUrl, () => undefined, 1)
  try {
    const { links, broken } = await verifyChain(handle.db)
    process.stdout.write(
      broken ? `The audit chain is broken at link ${broken.position} of ${links}: ${broken.why}.\n` : `The audit chain is whole: ${links} links.\n`,
    )
    return broken === null
  } finally {
    await handle.close()
  }
}

export { readConfig }
