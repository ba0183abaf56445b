'use client'
import type { Block, Source } from '#lib/guidance/terms.ts'
import styles from './source-note.module.css'

/** Where a statement comes from; for the agent, never read out. */
export function SourceNote({ block, sources }: { block: Pick<Block, 'id' | 'sources' | 'sourceAwaited'>; sources: Record<string, Source> }) {
  const named = (block.sources ?? []).flatMap((key) => sources[key] ?? [])
  if (named.length === 0) return block.sourceAwaited ? <span className={styles.awaited}>Source awaited</span> : null
  return (
    <details className={styles.note}>
      <summary>{named.length === 1 ? 'Source' : `${named.length} sources`}</summary>
      <ul>
        {named.map((source) => (
          <li key={source.title}>
            {source.title} ({source.seen}; grade {source.grade})
          </li>
        ))}
      </ul>
    </details>
  )
}
