'use client'
import { Button } from './_ui/button.tsx'
import { MessagePage } from './_ui/message-page.tsx'

/** A page that failed. What went wrong is in the server's log, not here. */
export default function PageError({ retry }: { retry: () => void }) {
  return (
    <MessagePage title="This page could not be shown" hasEmergencyLine>
      <title>Error: this page could not be shown · Callside</title>
      <p>Something went wrong in Callside, or it cannot be reached. Notes that were saved are safe.</p>
      <Button look="main" onPress={() => retry()}>
        Try again
      </Button>
      <p>
        <a href="/">Go to your desk</a>
      </p>
    </MessagePage>
  )
}
