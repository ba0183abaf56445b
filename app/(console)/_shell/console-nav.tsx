'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Button } from '#app/_ui/button.tsx'
import { api, unwrap, writeHeaders } from '#lib/http/client.ts'
import styles from './console-nav.module.css'
import { EndOthersDialog } from './end-others-dialog.tsx'
import { signOutEverywhere } from './leaving.ts'
import type { Person } from './person.ts'

/** Where this person can go, by role: agents and supervisors handle calls, supervisors read them. */
function placesOf({ roles }: Person) {
  const isSupervisor = roles.includes('supervisor')
  return [
    ...(isSupervisor || roles.includes('agent') ? [{ href: '/desk', name: 'Desk' }] : []),
    ...(isSupervisor ? [{ href: '/reviews', name: 'Reviews' }] : []),
  ]
}

/** The way around the console and out of it: the desk shows it in its own bar, other pages in `ConsoleBar`. */
export function ConsoleNav({ person }: { person: Person }) {
  const path = usePathname()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const leave = useMutation({ mutationFn: () => signOutEverywhere(client) })
  const endOthers = useMutation({ mutationFn: (key: string) => unwrap(api.me['end-other-sessions'].$post({ header: writeHeaders(key) })) })
  const acts: Record<string, () => void> = {
    others: () => {
      endOthers.reset()
      setAsking(true)
    },
    out: () => leave.mutate(),
  }

  return (
    <div className={styles.around}>
      <nav aria-label="Callside">
        <ul className={styles.places}>
          {placesOf(person).map(({ href, name }) => (
            <li key={href}>
              <Link href={href} prefetch={false} aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {leave.isError ? (
        <p role="alert" className={styles.fault}>
          You are still signed in: Callside cannot be reached. Try again.
        </p>
      ) : null}
      <MenuTrigger>
        <Button look="quiet">
          <span className="unseen">You: </span>
          {person.name}
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
        <Popover placement="bottom end" className={styles.popover}>
          <Menu className={styles.menu} onAction={(key) => acts[String(key)]?.()}>
            <MenuItem id="others" className={styles.item}>
              End my other sessions
            </MenuItem>
            <MenuItem id="out" className={styles.item}>
              Sign out
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <EndOthersDialog
        isOpen={isAsking}
        close={() => setAsking(false)}
        end={() => endOthers.mutate(crypto.randomUUID())}
        ended={endOthers.data?.ended}
        hasFailed={endOthers.isError}
        isBusy={endOthers.isPending}
      />
    </div>
  )
}
