/** Whether a person is at this page: their last key, press or move. */
const RECENT_MS = 60_000
let lastInput = 0

const note = () => {
  lastInput = performance.now()
}

/** Starts watching; call once. Returns what ends it. */
export function watchInput(target: Window): () => void {
  note()
  const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
  for (const kind of kinds) target.addEventListener(kind, note, { passive: true, capture: true })
  return () => {
    for (const kind of kinds) target.removeEventListener(kind, note, { capture: true })
  }
}

export const hasRecentInput = () => performance.now() - lastInput < RECENT_MS
