import '@fontsource-variable/atkinson-hyperlegible-next'
import './_ui/tokens.css'
import './_ui/nhs.scss'
import './_ui/global.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Announcer } from './_ui/announcer.tsx'
import { Providers } from './_ui/providers.tsx'

export const metadata: Metadata = { title: { default: 'Callside', template: '%s · Callside' }, robots: 'noindex' }
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Every page is made for its request: a page made beforehand would carry no nonce. */
export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en-GB">
      <head>
        <meta property="csp-nonce" content={nonce} nonce={nonce} />
      </head>
      <body>
        <Announcer />
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
