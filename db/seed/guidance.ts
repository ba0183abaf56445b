import { createHash, randomUUIDv7 } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { findNewestVersion, insertVersion } from '#db/queries/guidance.ts'
import type { Library } from '#lib/guidance/lint.ts'
import type { Source, TopicContent } from '#lib/guidance/terms.ts'

/** The sources a topic names, so that its version stands alone. */
function sourcesOf(topic: TopicContent, all: Readonly<Record<string, Source>>): Record<string, Source> {
  const named = new Set([...topic.blocks.flatMap((block) => block.sources ?? []), ...topic.changes.flatMap((change) => change.sources)])
  return Object.fromEntries([...named].sort().flatMap((key) => (all[key] ? [[key, all[key]]] : [])))
}

/**
 * Adds a version of each topic whose words differ from its newest. Topics that people have made their own (their newest version is
 * neither a sample nor a draft from an import) are left alone.
 */
export async function importLibrary(tx: Tx, library: Library, state: 'sample' | 'draft'): Promise<void> {
  for (const content of library.topics) {
    const sources = sourcesOf(content, library.sources)
    const contentHash = createHash('sha256')
      .update(JSON.stringify([content, sources]))
      .digest('hex')
    const newest = await findNewestVersion(tx, content.topic)
    if (newest && (newest.contentHash === contentHash || newest.state !== state)) continue
    await insertVersion(tx, {
      id: randomUUIDv7(),
      topic: content.topic,
      number: (newest?.number ?? 0) + 1,
      state,
      content,
      sources,
      contentHash,
    })
  }
}
