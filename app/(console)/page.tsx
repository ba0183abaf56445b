import { redirect } from 'next/navigation'
import { MessagePage } from '#app/_ui/message-page.tsx'
import { requireActor } from '#lib/http/page-client.ts'
import { ConsoleBar } from './_shell/console-bar.tsx'

/** What the roles without screens of their own do in Callside. */
const ROLE_WORDS: Record<string, string> = {
  author: 'Author: you write guidance. Its pages are not in this version yet; you can read guidance through the API.',
  clinician: 'Clinician: you approve guidance. Its pages are not in this version yet; you can read guidance through the API.',
  dpo: 'Data protection officer: you watch over what is kept and who reads it. Its pages are not in this version yet; you can read guidance through the API.',
  admin: 'Admin: you run this helpline’s settings and people. Its pages are not in this version yet; you can read guidance through the API.',
}

/** Sends each person to where their work is. */
export default async function StartPage() {
  const me = await requireActor()
  if (me.roles.includes('agent')) redirect('/desk')
  if (me.roles.includes('supervisor')) redirect('/reviews')
  return (
    <>
      <ConsoleBar person={me} />
      <MessagePage title={`You are signed in as ${me.name}`}>
        <p>What your role can do in this version of Callside:</p>
        <ul>
          {me.roles.map((role) => (
            <li key={role}>{ROLE_WORDS[role] ?? role}</li>
          ))}
        </ul>
      </MessagePage>
    </>
  )
}
