import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False until the page's scripts run. A form sent before that would leave the page with what was typed. */
export const useReady = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
