'use client'
import { type ReactNode, useEffect, useRef } from 'react'

let hasShownPage = false

/** The one h1 of a page. Going from page to page puts focus on it; the first page of a visit leaves focus where the browser has it. */
export function PageHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (hasShownPage) heading.current?.focus()
    hasShownPage = true
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
