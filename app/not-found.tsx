import type { Metadata } from 'next'
import { MessagePage } from './_ui/message-page.tsx'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <MessagePage title="Page not found" hasEmergencyLine>
      <p>There is nothing at this address. It may have been typed or pasted with a mistake.</p>
      <p>
        <a href="/">Go to Callside</a>
      </p>
    </MessagePage>
  )
}
