'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { lastList } from '../last-list.ts'

/** Back to the list as it was left, filters and page included. */
export function BackToList() {
  const [href, setHref] = useState('/reviews')
  useEffect(() => setHref(lastList.get()), [])
  return (
    <Link href={href} prefetch={false}>
      Your team’s calls
    </Link>
  )
}
