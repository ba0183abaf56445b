'use client'
import { type Ref, useEffect, useMemo, useState } from 'react'
import { Autocomplete, Input, Label, ListBox, ListBoxItem, SearchField } from 'react-aria-components'
import { say } from '#app/_ui/announcer.tsx'
import { useStore } from '#app/_ui/use-store.ts'
import type { DeskVersion } from '#lib/desk/library.ts'
import styles from './find-pane.module.css'
import type { DeskState } from './use-desk.ts'

type Found = { version: DeskVersion; line: string; urgent: 'emergency' | 'same-day' | null }

/** Finds guidance as the agent types, in memory: Enter opens the first result. */
export function FindPane({ desk, ref }: { desk: DeskState; ref: Ref<HTMLInputElement> }) {
  const { library, session } = desk
  const [query, setQuery] = useState('')
  const openTopic = useStore(session.open)
  const card = useStore(session.card)
  const isBusy = query.trim() === '' && (session.id !== null || openTopic !== null || card !== null)
  const trail = useStore(session.trail)
  const words = query.trim()
  const hits = useMemo(() => (library && words ? library.search(words) : []), [library, words])
  const results: Found[] = words ? hits : (library?.versions ?? []).map((version) => ({ version, line: '', urgent: null }))
  useEffect(() => {
    if (!words) return
    const timer = setTimeout(() => say(hits.length === 1 ? '1 topic found' : `${hits.length} topics found`), 500)
    return () => clearTimeout(timer)
  }, [words, hits.length])

  const open = (version: DeskVersion) => {
    if (!library) return
    setQuery('')
    session.openTopic(library, version)
  }
  const openedTopics = [...new Set(trail.filter((entry) => entry.kind === 'opened').map((entry) => entry.versionId))]
  const opened = openedTopics.flatMap((id) => library?.versions.find((version) => version.versionId === id) ?? [])

  return (
    <section id="desk-find" className={styles.find} aria-label="Find guidance" tabIndex={-1} data-busy={isBusy || undefined}>
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField className={styles.field} autoFocus={false}>
          <Label className={styles.label}>
            Find guidance <span aria-hidden="true">Ctrl+K</span>
          </Label>
          <Input ref={ref} className={styles.input} placeholder="What the caller says" aria-keyshortcuts="Control+K" autoComplete="off" spellCheck={false} />
        </SearchField>
        <h2 className={styles.heading}>{words ? 'Matches' : 'All topics'}</h2>
        <ListBox
          aria-label={words ? 'Matching topics' : 'Topics'}
          className={styles.list}
          items={results.map((found) => ({ id: found.version.topic, ...found }))}
          onAction={(topic) => {
            const found = results.find((each) => each.version.topic === topic)
            if (found) open(found.version)
          }}
          renderEmptyState={() => <Empty desk={desk} words={words} />}
        >
          {({ version, line, urgent }) => (
            <ListBoxItem id={version.topic} textValue={version.content.title} className={styles.item}>
              <span className={styles.title}>{version.content.title}</span>
              {urgent ? <span className={styles.urgent}>{urgent === 'emergency' ? 'Emergency sign' : 'Same-day sign'}</span> : null}
              {line && line !== version.content.title ? <span className={styles.line}>{line}</span> : null}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
      {opened.length > 0 ? (
        <>
          <h2 className={styles.heading}>Opened in this call</h2>
          <ul className={styles.opened}>
            {opened.map((version) => (
              <li key={version.versionId}>
                <button type="button" className={styles.again} onClick={() => open(version)}>
                  {version.content.title}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

function Empty({ desk, words }: { desk: DeskState; words: string }) {
  if (desk.isLibraryMissing) return <p className={styles.empty}>Guidance could not be loaded. The emergency card (F8) works all the same.</p>
  if (!desk.library) return <p className={styles.empty}>Loading guidance…</p>
  if (desk.library.versions.length === 0) return <p className={styles.empty}>No approved guidance yet. Only the emergency card (F8) works.</p>
  return (
    <p className={styles.empty}>
      Nothing found for “{words}”. Try other words, as the caller would say it. If it is urgent, press F8; otherwise write it in the notes.
    </p>
  )
}
