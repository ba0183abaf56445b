'use client'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import styles from './button.module.css'

type Look = 'plain' | 'main' | 'danger' | 'quiet'

/** A button. `keys` shows its shortcut beside the words. */
export function Button({
  look = 'plain',
  keys,
  children,
  ...rest
}: Omit<ButtonProps, 'children' | 'className'> & { look?: Look; keys?: string; children: ReactNode; ref?: Ref<HTMLButtonElement> }) {
  return (
    <AriaButton {...rest} aria-keyshortcuts={keys?.replace('Ctrl', 'Control')} className={`${styles.button} ${styles[look]}`}>
      {children}
      {keys ? (
        <span className={styles.keys} aria-hidden="true">
          {keys}
        </span>
      ) : null}
    </AriaButton>
  )
}
