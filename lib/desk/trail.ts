import type { Answers } from '#lib/guidance/rules.ts'
import type { Answer, Tier, TrailKind } from '#lib/guidance/terms.ts'

/** One thing that happened with guidance in this call, as the desk remembers it. */
export type TrailEntry = {
  kind: TrailKind
  consultationId: string | null
  versionId: string
  blockId: string | null
  answer: Answer | null
  detail: string | null
}

export const REWORDED = 'reworded'

/** The answers that stand: a later one replaces, an undo takes away. They hold for the whole call, so nothing is asked twice. */
export function answersOf(trail: readonly TrailEntry[]): Answers {
  const answers = new Map<string, Answer>()
  for (const entry of trail) {
    if (!entry.blockId) continue
    if (entry.kind === 'answered' && entry.answer) answers.set(entry.blockId, entry.answer)
    if (entry.kind === 'undone') answers.delete(entry.blockId)
  }
  return answers
}

/** The option chosen for each question that is no safety question. */
export function optionsOf(trail: readonly TrailEntry[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const entry of trail) {
    if (!entry.blockId) continue
    if (entry.kind === 'answered' && !entry.answer && entry.detail) options.set(entry.blockId, entry.detail)
    if (entry.kind === 'undone') options.delete(entry.blockId)
  }
  return options
}

/** Which blocks stand as read out or skipped. */
export function marksOf(trail: readonly TrailEntry[]): ReadonlyMap<string, 'read-out' | 'skipped'> {
  const marks = new Map<string, 'read-out' | 'skipped'>()
  for (const entry of trail) {
    if (!entry.blockId) continue
    if (entry.kind === 'read-out' || entry.kind === 'skipped') marks.set(entry.blockId, entry.kind)
    if (entry.kind === 'undone') marks.delete(entry.blockId)
  }
  return marks
}

/** Questions that were put in other words after a first unsure. */
export function rewordedOf(trail: readonly TrailEntry[]): ReadonlySet<string> {
  return new Set(trail.flatMap((entry) => (entry.kind === 'shown' && entry.detail === REWORDED && entry.blockId ? [entry.blockId] : [])))
}

/** The tier of the escalation that has no outcome yet. */
export function openTierOf(record: { escalations: readonly { outcome: string | null; urgency: Tier }[] }): Tier | null {
  return record.escalations.find((each) => each.outcome === null)?.urgency ?? null
}
