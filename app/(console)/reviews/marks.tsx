import type { Tier } from '#lib/guidance/terms.ts'
import styles from './marks.module.css'
import type { CallListItem } from './queries.ts'

/** Drawn as well as coloured, so that they differ in grey too. */
const SHAPES = {
  triangle: <path d="M6 1 11.5 11H.5Z" fill="currentColor" />,
  diamond: <path d="M6 .5 11.5 6 6 11.5.5 6Z" fill="currentColor" />,
  square: <path d="M1 1h10v10H1Z" fill="currentColor" />,
  dot: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
}
type Shape = keyof typeof SHAPES

function Mark({ shape, tone, children }: { shape: Shape; tone: string | undefined; children: string }) {
  return (
    <span className={`${styles.mark} ${tone ?? ''}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {SHAPES[shape]}
      </svg>
      {children}
    </span>
  )
}

export const TIER_WORDS: Record<Tier, string> = { emergency: 'Emergency', 'same-day': 'Same day', 'within-days': 'Within days', routine: 'Routine' }

const TIER_SHAPES: Record<Tier, [Shape, string | undefined]> = {
  emergency: ['triangle', styles.emergency],
  'same-day': ['diamond', styles.sameDay],
  'within-days': ['dot', styles.withinDays],
  routine: ['ring', styles.soft],
}

export function UrgencyMark({ tier }: { tier: Tier }) {
  const [shape, tone] = TIER_SHAPES[tier]
  return (
    <Mark shape={shape} tone={tone}>
      {TIER_WORDS[tier]}
    </Mark>
  )
}

type Recorded = Pick<CallListItem, 'recorded' | 'told' | 'objected' | 'recordingState'>

/** What a list says of recording. `recorded` covers whatever may have been recorded, so it is never softened. */
function recordingOf({ recorded, told, objected, recordingState }: Recorded): [Shape, string | undefined, string] {
  if (!recorded) return ['ring', styles.soft, 'Not recorded']
  if (objected) return ['square', styles.sameDay, recordingState === 'stopped' ? 'Objected, stopped' : 'Objected, may be recorded']
  if (told === 'told') return ['dot', undefined, 'Recorded, told']
  return ['triangle', styles.caution, told === 'could-not-tell' ? 'Recorded, could not tell' : 'Recorded, not told']
}

export function RecordingMark({ call }: { call: Recorded }) {
  const [shape, tone, words] = recordingOf(call)
  return (
    <Mark shape={shape} tone={tone}>
      {words}
    </Mark>
  )
}
