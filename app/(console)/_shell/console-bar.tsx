import styles from './console-bar.module.css'
import { ConsoleNav } from './console-nav.tsx'
import type { Person } from './person.ts'

/** The slim bar of the pages other than the desk, which has a bar of its own. */
export function ConsoleBar({ person }: { person: Person }) {
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>Callside</span>
      <ConsoleNav person={person} />
    </header>
  )
}
