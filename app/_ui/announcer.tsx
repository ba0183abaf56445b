'use client'
/** The page's two live regions, in its first HTML. Screens speak through these and no others; a dialog over the page does not silence them. */
const POLITE = 'said-politely'
const AT_ONCE = 'said-at-once'

export function Announcer() {
  return (
    <>
      <div id={POLITE} className="unseen" role="status" aria-live="polite" data-live-announcer="true" />
      <div id={AT_ONCE} className="unseen" role="alert" aria-live="assertive" data-live-announcer="true" />
    </>
  )
}

function put(id: string, words: string) {
  const region = document.getElementById(id)
  // The same words twice are not heard twice.
  if (region && region.textContent !== words) region.textContent = words
}

export const say = (words: string) => put(POLITE, words)
export const sayAtOnce = (words: string) => put(AT_ONCE, words)
