'use client'
import { useEffect, useRef } from 'react'

/** Calls back once when at least half of an element, or of the view, is filled by it: the block was displayed. */
export function useShown<T extends HTMLElement>(onShown: () => void) {
  const element = useRef<T>(null)
  const callback = useRef(onShown)
  useEffect(() => {
    callback.current = onShown
  })
  useEffect(() => {
    if (!element.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const isDisplayed = entry.intersectionRatio >= 0.5 || entry.intersectionRect.height > (entry.rootBounds?.height ?? Number.POSITIVE_INFINITY) / 2
          if (!isDisplayed) continue
          callback.current()
          observer.disconnect()
        }
      },
      { threshold: [0.1, 0.25, 0.5] },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return element
}
