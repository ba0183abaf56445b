'use client'
import { type FormEvent, useState } from 'react'
import { say } from '#app/_ui/announcer.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field, PasswordField } from '#app/_ui/credential-fields.tsx'
import { ErrorSummary, type Fault } from '#app/_ui/error-summary.tsx'
import { refusalWords } from '#app/_ui/refusal-words.ts'
import { tellTabs } from '#app/(console)/_shell/session-channel.ts'
import { type SignInResult, signIn } from '#lib/desk/session.ts'
import styles from '../sign-in.module.css'
import { useReady } from '../use-ready.ts'

export function SignInForm() {
  const isReady = useReady()
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [isBusy, setBusy] = useState(false)
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.message

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const email = String(form.get('email') ?? '').trim()
    const password = String(form.get('password') ?? '')
    const missing = missingFrom(email, password)
    if (missing.length > 0) return setFaults(missing)
    setFaults([])
    setBusy(true)
    say('Signing in')
    const result = await signIn(email, password)
    if (result === 'in') {
      tellTabs('in')
      return window.location.replace('/')
    }
    setBusy(false)
    setFaults(faultsOf(result))
  }

  return (
    <form method="post" className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <ErrorSummary faults={faults} />
      <Field name="email" label="Email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} fault={faultOf('email')} />
      <PasswordField name="password" label="Password" autoComplete="current-password" fault={faultOf('password')} />
      <Button type="submit" look="main" isDisabled={!isReady}>
        {isBusy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

function missingFrom(email: string, password: string): Fault[] {
  return [
    ...(email === '' ? [{ field: 'email', message: 'Enter your email' }] : []),
    ...(password === '' ? [{ field: 'password', message: 'Enter your password' }] : []),
  ]
}

/** Unknown, disabled and wrong read alike. */
const faultsOf = (result: Exclude<SignInResult, 'in'>): Fault[] =>
  result === 'refused' ? [{ field: 'email', message: 'The email or the password is not right' }] : [{ message: refusalWords(result) }]
