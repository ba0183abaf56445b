import type { CallAct, CallerRelation, CallState, Missing } from './terms.ts'

const MOVES: Record<CallAct, { from: readonly (CallState | 'none')[]; to: CallState }> = {
  start: { from: ['none', 'ringing'], to: 'in-progress' },
  hold: { from: ['in-progress'], to: 'on-hold' },
  resume: { from: ['on-hold'], to: 'in-progress' },
  end: { from: ['in-progress', 'on-hold'], to: 'wrapping-up' },
  finish: { from: ['wrapping-up'], to: 'finished' },
}

/** The state an act leads to, or null where it does not follow. */
export function nextState(state: CallState | 'none', act: CallAct): CallState | null {
  const move = MOVES[act]
  return move.from.includes(state) ? move.to : null
}

export type Completeness = {
  told: 'told' | 'could-not-tell' | null
  objected: boolean
  /** False where the helpline records nothing: then there is no notice to give. */
  recordsCalls: boolean
  caller: CallerRelation | null
  disposition: { isData: boolean } | null
  openEscalations: number
}

/**
 * What a call still needs before it can be finished, in the desk's order. Silent, wrong number, abusive and test calls
 * need the disposition and the outcome of open escalations, nothing else.
 */
export function missingFor(call: Completeness): Missing[] {
  const missing: Missing[] = []
  const isFull = call.disposition === null || call.disposition.isData
  if (isFull && call.recordsCalls && call.told === null && !call.objected) missing.push('recording-notice')
  if (isFull && call.caller === null) missing.push('caller')
  if (call.disposition === null) missing.push('disposition')
  if (call.openEscalations > 0) missing.push('escalation-outcome')
  return missing
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const DIGITS = '23456789'

/** A reference a person can say aloud, e.g. `KTR-48279`: no 0, 1, I or O. `random` gives numbers in [0, 1). */
export function newReference(random: () => number): string {
  const pick = (from: string) => from[Math.floor(random() * from.length)] ?? from[0]
  const letters = Array.from({ length: 3 }, () => pick(LETTERS)).join('')
  const digits = Array.from({ length: 5 }, () => pick(DIGITS)).join('')
  return `${letters}-${digits}`
}
