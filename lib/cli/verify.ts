import { openDatabase } from '#db/client.ts'
import { verifyChain } from '#db/queries/audit.ts'
import { say } from '#lib/cli/terminal.mjs'

/** Recomputes the audit chain, says whether it is whole, and answers true when it is. */
export async function verify(databaseUrl: string): Promise<boolean> {
  const handle = openDatabase(databaseUrl, () => undefined, 1)
  try {
    const { links, broken } = await verifyChain(handle.db)
    say(broken ? `The audit chain is broken at link ${broken.position} of ${links}: ${broken.why}.` : `The audit chain is whole: ${links} links.`)
    return broken === null
  } finally {
    await handle.close()
  }
}
