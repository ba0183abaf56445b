import type { ReactNode } from 'react'
import styles from './message-page.module.css'
import { PageHeading } from './page-heading.tsx'

/** A page that says one thing: what happened and where to go. */
export function MessagePage({ title, children, hasEmergencyLine = false }: { title: string; children: ReactNode; hasEmergencyLine?: boolean }) {
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <PageHeading>{title}</PageHeading>
      {children}
      {hasEmergencyLine ? <p className={styles.emergency}>In an emergency tell the caller to ring 999 now.</p> : null}
    </main>
  )
}
