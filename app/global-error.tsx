'use client'
import './_ui/tokens.css'
import './_ui/global.css'
import { MessagePage } from './_ui/message-page.tsx'

/** The last resort, when not even the frame of a page could be made. It asks for nothing and knows nothing of the error. */
export default function GlobalError() {
  return (
    <html lang="en-GB">
      <body>
        <title>Error: Callside could not be shown</title>
        <MessagePage title="Callside could not be shown" hasEmergencyLine>
          <p>Something went wrong in Callside, or it cannot be reached. Notes that were saved are safe.</p>
          <p>
            <a href="/">Try again</a>
          </p>
        </MessagePage>
      </body>
    </html>
  )
}
