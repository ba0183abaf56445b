import { type EscalationOutcome, OUTCOME_NEEDS } from './terms.ts'

export type OutcomeFields = { outcome: EscalationOutcome | null; reference: string | null; outcomeReason: string | null }

/** The field an outcome still lacks, or null. "We rang 999" needs the reference; "opened in error" needs the reason. */
export function missingForOutcome(fields: OutcomeFields): 'reference' | 'outcomeReason' | null {
  if (!fields.outcome) return null
  const needs = OUTCOME_NEEDS[fields.outcome]
  if (needs === 'reference' && !fields.reference?.trim()) return 'reference'
  if (needs === 'reason' && !fields.outcomeReason?.trim()) return 'outcomeReason'
  return null
}
