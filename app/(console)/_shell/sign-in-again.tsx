'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useLayoutEffect, useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { flushSync } from 'react-dom'
import { say } from '#app/_ui/announcer.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Field, PasswordField } from '#app/_ui/credential-fields.tsx'
import { ErrorSummary, type Fault } from '#app/_ui/error-summary.tsx'
import { refusalWords } from '#app/_ui/refusal-words.ts'
import { useStore } from '#app/_ui/use-store.ts'
import { isSignedOut, resumeSession, signIn } from '#lib/desk/session.ts'
import { api } from '#lib/http/client.ts'
import { isEmergencyCardUp } from './emergency-card.ts'
import { leaveConsole } from './leaving.ts'
import type { Person } from './person.ts'
import { tellTabs } from './session-channel.ts'
import styles from './sign-in-again.module.css'

const PAUSE_MS = 800

/** True from the first pause in typing on: a form that opened in mid-word would take the rest of the word. */
function usePause(isWaiting: boolean): boolean {
  const [isPaused, setPaused] = useState(false)
  useEffect(() => {
    if (!isWaiting) return setPaused(false)
    const wait = () => setTimeout(() => setPaused(true), PAUSE_MS)
    let timer = wait()
    const onKey = () => {
      clearTimeout(timer)
      timer = wait()
    }
    window.addEventListener('keydown', onKey, true)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKey, true)
    }
  }, [isWaiting])
  return isPaused
}

/**
 * Signs the same person in again over the page, whose text stays. The emergency card comes first: while it is up, and as soon as F8 is
 * pressed, this is a bar at the foot of the page and no more.
 */
export function SignInAgain({ person }: { person: Pick<Person, 'id' | 'name' | 'email'> }) {
  const isOver = useStore(isSignedOut)
  const isCardUp = useStore(isEmergencyCardUp)
  const isPaused = usePause(isOver)
  const [chosen, choose] = useState<'form' | 'bar' | null>(null)

  useEffect(() => {
    if (!isOver) choose(null)
  }, [isOver])
  // Laid out before the desk listens, so that this hears the key first: focus then goes to the card and not back into the form.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F8' && isSignedOut.get()) flushSync(() => choose('bar'))
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])

  if (!isOver) return null
  if ((chosen ?? (isCardUp || !isPaused ? 'bar' : 'form')) === 'bar')
    return (
      <section className={styles.bar} aria-label="Signed out">
        <p>You are signed out. Your text is still here.</p>
        <Button onPress={() => choose('form')}>Sign in</Button>
      </section>
    )
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className={styles.overlay}>
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog}>
          <Heading slot="title" level={2}>
            You are signed out. Your text is still here.
          </Heading>
          <p className={styles.emergency}>Emergency: tell the caller to ring 999 now</p>
          <AgainForm person={person} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function AgainForm({ person }: { person: Pick<Person, 'id' | 'email'> }) {
  const client = useQueryClient()
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const password = String(new FormData(event.currentTarget).get('again-password') ?? '')
    if (password === '') return setFaults([{ field: 'again-password', message: 'Enter your password' }])
    setFaults([])
    setBusy(true)
    const result = await signIn(person.email, password)
    if (result === 'in') return goOn()
    setBusy(false)
    setFaults([{ ...(result === 'refused' ? { field: 'again-password' } : {}), message: refusalWords(result) }])
  }

  /** The text goes on only for the person it belongs to. */
  const goOn = async () => {
    const answer = await api.me.$get().catch(() => undefined)
    if (answer?.status === 200 && (await answer.json()).id !== person.id) return leaveConsole(client)
    say('Signed in')
    resumeSession()
    tellTabs('in')
  }

  return (
    <form method="post" className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <ErrorSummary faults={faults} />
      <Field name="again-email" label="Email" type="email" autoComplete="username" value={person.email} readOnly />
      <PasswordField name="again-password" label="Password" autoComplete="current-password" autoFocus fault={faults.find((fault) => fault.field)?.message} />
      <div className={styles.acts}>
        <Button type="submit" look="main">
          {isBusy ? 'Signing in…' : 'Sign in'}
        </Button>
        <Button look="quiet" onPress={() => leaveConsole(client)}>
          Sign in as someone else
        </Button>
      </div>
    </form>
  )
}
