'use client'
import { useSyncExternalStore } from 'react'
import type { Store } from '#lib/desk/store.ts'

/** Follows a store of the desk's. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get)
}
