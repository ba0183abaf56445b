import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { pageApi } from '#lib/http/page-client.ts'
import styles from '../sign-in.module.css'
import { SignInForm } from './sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

/** Whoever is signed in already is sent on. */
export default async function SignInPage() {
  const client = await pageApi()
  const { status } = await client.me.$get()
  if (status === 200) redirect('/')
  return (
    <>
      <h1>Sign in</h1>
      <SignInForm />
      <p className={styles.note}>Samples: not for live calls until your clinician has approved your guidance.</p>
    </>
  )
}
