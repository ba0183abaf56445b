'use client'
import { type FormEvent, useEffect, useState } from 'react'
import { say } from '#app/_ui/announcer.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field, PasswordField } from '#app/_ui/credential-fields.tsx'
import { ErrorSummary, type Fault } from '#app/_ui/error-summary.tsx'
import { ApiProblem, api, unwrap } from '#lib/http/client.ts'
import styles from '../sign-in.module.css'
import { useReady } from '../use-ready.ts'

const FIELDS = ['name', 'email', 'password']
const PASSWORD_HINT = 'Use 15 characters or more. Three random words work well.'

/** The link's token stays in the part of the address that browsers do not send, and goes out in the body alone. */
const tokenOf = () => window.location.hash.slice(1)

export function SetUpForm() {
  const isReady = useReady()
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [isBusy, setBusy] = useState(false)
  const [isSpent, setSpent] = useState(false)
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.message

  useEffect(() => {
    const look = () => setSpent(tokenOf() === '')
    look()
    window.addEventListener('hashchange', look)
    return () => window.removeEventListener('hashchange', look)
  }, [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const of = (name: string) => String(form.get(name) ?? '')
    const input = { token: tokenOf(), name: of('name').trim(), email: of('email').trim(), password: of('password') }
    const missing = missingFrom(input)
    if (missing.length > 0) return setFaults(missing)
    setFaults([])
    setBusy(true)
    say('Making the account')
    try {
      await unwrap(api['set-up'].$post({ json: input }))
      window.location.replace('/sign-in')
    } catch (error) {
      setBusy(false)
      if (isSpentLink(error)) setSpent(true)
      else setFaults(faultsOf(error))
    }
  }

  if (isSpent) return <SpentLink />
  return (
    <form method="post" className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <ErrorSummary faults={faults} />
      <p>This link works once, and for one day. The account can run the helpline, take calls and read your team’s calls.</p>
      <Field name="name" label="Your name" autoComplete="name" fault={faultOf('name')} />
      <Field name="email" label="Email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} fault={faultOf('email')} />
      <PasswordField name="password" label="Password" hint={PASSWORD_HINT} autoComplete="new-password" fault={faultOf('password')} />
      <Button type="submit" look="main" isDisabled={!isReady}>
        {isBusy ? 'Making the account…' : 'Make the account'}
      </Button>
    </form>
  )
}

function SpentLink() {
  return (
    <div className={styles.form} role="alert">
      <p>
        <strong>This set-up link was used or has expired.</strong>
      </p>
      <p>
        If the first admin has been made, <a href="/sign-in">sign in</a>. If not, restart Callside on its server: while nobody can sign in, each start prints a
        new link.
      </p>
    </div>
  )
}

function missingFrom(input: { name: string; email: string; password: string }): Fault[] {
  return [
    ...(input.name === '' ? [{ field: 'name', message: 'Enter your name' }] : []),
    ...(input.email === '' ? [{ field: 'email', message: 'Enter your email' }] : []),
    ...(input.password === '' ? [{ field: 'password', message: 'Enter a password' }] : []),
  ]
}

const isField = (fault: unknown): fault is { field: string; message: string } =>
  typeof fault === 'object' && fault !== null && 'field' in fault && 'message' in fault && typeof fault.field === 'string' && typeof fault.message === 'string'

const listed = (error: ApiProblem) => (Array.isArray(error.more.fields) ? error.more.fields.filter(isField) : [])

/** A token that cannot be one counts as a spent link too. */
const isSpentLink = (error: unknown) => error instanceof ApiProblem && (error.type === 'set-up-link' || listed(error).some((fault) => fault.field === 'token'))

function faultsOf(error: unknown): Fault[] {
  if (!(error instanceof ApiProblem) || error.status === 0) return [{ message: 'Callside cannot be reached. Check the network, then try again.' }]
  const fields = listed(error)
  if (fields.length === 0) return [{ message: error.detail ?? error.message }]
  return fields.map(({ field, message }) => ({
    ...(FIELDS.includes(field) ? { field } : {}),
    message: field === 'email' ? 'Enter an email address such as name@example.org' : message,
  }))
}
