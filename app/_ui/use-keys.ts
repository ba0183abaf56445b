'use client'
import { useEffect, useRef } from 'react'

/** Shortcuts by name, e.g. `F8`, `Ctrl+K`, `Ctrl+Enter`. Function keys and chords only, so that nothing typed is taken. */
export type KeyMap = readonly (readonly [name: string, act: () => void])[]

/** A held key acts once a second at most. */
const THROTTLE_MS = 1_000

export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', key].filter(Boolean).join('+')
}

/** Acts on shortcuts anywhere on the page, inside fields and dialogs too. */
export function useKeys(keys: KeyMap) {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    const actedAt = new Map<string, number>()
    const onKey = (event: KeyboardEvent) => {
      const name = nameOf(event)
      const act = current.current.find(([key]) => key === name)?.[1]
      if (!act) return
      event.preventDefault()
      // The key is spent: a button that has focus must not be pressed by it too.
      event.stopImmediatePropagation()
      const now = performance.now()
      if (event.repeat || now - (actedAt.get(name) ?? -THROTTLE_MS) < (name === 'F2' || name === 'Ctrl+Enter' ? THROTTLE_MS : 0)) return
      actedAt.set(name, now)
      act()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
