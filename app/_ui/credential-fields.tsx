'use client'
import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { say } from './announcer.tsx'
import { Button } from './button.tsx'
import styles from './credential-fields.module.css'

type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'name'> & { name: string; label: string; hint?: string; fault?: string | undefined }

/** A labelled input. Its hint and what is wrong with it are read out with it. */
export function Field({ name, label, hint, fault, ...input }: FieldProps) {
  return (
    <div className={styles.field} data-wrong={fault ? '' : undefined}>
      <label htmlFor={name}>{label}</label>
      <Notes name={name} hint={hint} fault={fault} />
      <input {...input} {...describe(name, hint, fault)} className={styles.input} />
    </div>
  )
}

/** A password that can be shown, pasted and filled in by a manager. */
export function PasswordField({ name, label, hint, fault, ...input }: Omit<FieldProps, 'type'>) {
  const [isShown, setShown] = useState(false)
  const turn = () => {
    setShown(!isShown)
    say(isShown ? 'Your password is hidden' : 'Your password is visible')
  }
  return (
    <div className={styles.field} data-wrong={fault ? '' : undefined}>
      <label htmlFor={name}>{label}</label>
      <Notes name={name} hint={hint} fault={fault} />
      <div className={styles.beside}>
        <input
          {...input}
          {...describe(name, hint, fault)}
          className={styles.input}
          type={isShown ? 'text' : 'password'}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        <Button onPress={turn} aria-label={isShown ? 'Hide password' : 'Show password'}>
          {isShown ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}
          {isShown ? 'Hide' : 'Show'}
        </Button>
      </div>
    </div>
  )
}

const describe = (name: string, hint: string | undefined, fault: string | undefined) => ({
  id: name,
  name,
  'aria-invalid': fault ? true : undefined,
  'aria-describedby': [hint ? `${name}-hint` : '', fault ? `${name}-fault` : ''].filter(Boolean).join(' ') || undefined,
})

function Notes({ name, hint, fault }: { name: string; hint: string | undefined; fault: string | undefined }) {
  return (
    <>
      {hint ? (
        <p id={`${name}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p id={`${name}-fault`} className={styles.fault}>
          <span className="unseen">Error: </span>
          {fault}
        </p>
      ) : null}
    </>
  )
}
