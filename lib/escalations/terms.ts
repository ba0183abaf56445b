export const ESCALATION_CAUSES = ['agent', 'safety-question'] as const
export type EscalationCause = (typeof ESCALATION_CAUSES)[number]

/** Who must act. */
export const ESCALATION_DESTINATIONS = ['999', 'a-and-e', 'nhs-111', 'gp-today', 'eye-casualty', 'safeguarding-lead', 'senior', 'crisis-line'] as const
export type EscalationDestination = (typeof ESCALATION_DESTINATIONS)[number]

export const DESTINATION_LABELS: Record<EscalationDestination, string> = {
  '999': '999',
  'a-and-e': 'A&E',
  'nhs-111': 'NHS 111',
  'gp-today': 'GP, today',
  'eye-casualty': 'Eye casualty',
  'safeguarding-lead': 'Safeguarding lead',
  senior: 'Senior on shift',
  'crisis-line': 'Mental health crisis line',
}

/** What came of it. A call cannot be finished while an escalation has none. */
export const ESCALATION_OUTCOMES = [
  'caller-ringing-999',
  'going-to-a-and-e',
  'we-rang-999',
  'accepted',
  'declined-by-service',
  'refused-by-caller',
  'line-lost',
  'no-answer',
  'opened-in-error',
] as const
export type EscalationOutcome = (typeof ESCALATION_OUTCOMES)[number]

export const OUTCOME_LABELS: Record<EscalationOutcome, string> = {
  'caller-ringing-999': 'Caller is ringing 999',
  'going-to-a-and-e': 'Going to A&E',
  'we-rang-999': 'We rang 999',
  accepted: 'Accepted by the service',
  'declined-by-service': 'Declined by the service',
  'refused-by-caller': 'Refused by the caller',
  'line-lost': 'Line lost',
  'no-answer': 'No answer from the service',
  'opened-in-error': 'Opened in error',
}

/** Outcomes that need words: the 999 reference, or why it was an error or refused. */
export const OUTCOME_NEEDS: Partial<Record<EscalationOutcome, 'reference' | 'reason'>> = {
  'we-rang-999': 'reference',
  'opened-in-error': 'reason',
}

/**
 * The emergency card, in memory whatever the server or the library does. House rule for the top tier: end the scripted questions,
 * 999 or A&E, stay on the line if the caller is alone or unsafe, and no long advice. Sample, awaiting clinical review.
 */
export const EMERGENCY_CARD = {
  heading: 'Emergency: ring 999 or go to A&E now',
  say: ['You need emergency help now.', 'Please ring 999, or go to A&E. If you are alone or not safe, I will stay on the line with you.'],
  check: [
    'Stop the scripted questions. Give no long advice.',
    'Ask where they are and for a number, in case the line drops.',
    'Stay on the line if they are alone or unsafe, until someone is acting.',
    'If they say no: say it once more, ask what is in the way, and tell a senior.',
  ],
} as const
