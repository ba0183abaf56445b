import { MessagePage } from '#app/_ui/message-page.tsx'
import { ConsoleBar } from '../_shell/console-bar.tsx'
import type { Person } from '../_shell/person.ts'

/** For whoever comes here by an address that is not theirs. */
export function SupervisorsOnly({ person }: { person: Person }) {
  return (
    <>
      <ConsoleBar person={person} />
      <MessagePage title="Only supervisors review calls">
        <p>Your own calls are on your desk. A supervisor of your team can open their records here.</p>
        <p>
          <a href="/">{person.roles.includes('agent') ? 'Go to your desk' : 'Go to your start page'}</a>
        </p>
      </MessagePage>
    </>
  )
}
