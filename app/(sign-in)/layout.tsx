import type { ReactNode } from 'react'
import styles from './sign-in.module.css'

/** The pages before the console: one card on a calm ground. */
export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className={styles.page}>
      <p className={styles.brand}>Callside</p>
      <div className={styles.card}>{children}</div>
      <noscript>
        <p>Callside needs JavaScript. Turn it on in this browser, then load the page again.</p>
      </noscript>
    </main>
  )
}
