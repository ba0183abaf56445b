import { MessagePage } from '#app/_ui/message-page.tsx'
import { requireActor } from '#lib/http/page-client.ts'
import { ConsoleBar } from '../../_shell/console-bar.tsx'

export default async function RecordNotFound() {
  const me = await requireActor()
  return (
    <>
      <ConsoleBar person={me} />
      <MessagePage title="No such call">
        <p>There is no call with this address among your team’s calls.</p>
        <p>
          <a href="/reviews">Go to your team’s calls</a>
        </p>
      </MessagePage>
    </>
  )
}
