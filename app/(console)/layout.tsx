import type { ReactNode } from 'react'
import { requireActor } from '#lib/http/page-client.ts'
import { LiveUpdates } from './_shell/live-updates.tsx'
import { SessionWatch } from './_shell/session-watch.tsx'
import { SignInAgain } from './_shell/sign-in-again.tsx'
import styles from './layout.module.css'

/** What every page of the console has around it. Each page still asks for its actor itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { id, name, email } = await requireActor()
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the main part
      </a>
      {children}
      <LiveUpdates />
      <SessionWatch personId={id} />
      <SignInAgain person={{ id, name, email }} />
    </>
  )
}
