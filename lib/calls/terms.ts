/** `ringing → in progress ⇄ on hold → wrapping up → finished`; or `missed`, `abandoned`. */
export const CALL_STATES = ['ringing', 'in-progress', 'on-hold', 'wrapping-up', 'finished', 'missed', 'abandoned'] as const
export type CallState = (typeof CALL_STATES)[number]

/** One live call per agent. */
export const LIVE_STATES: readonly CallState[] = ['ringing', 'in-progress', 'on-hold']

export const CALL_ACTS = ['start', 'hold', 'resume', 'end', 'finish'] as const
export type CallAct = (typeof CALL_ACTS)[number]

/** Who rang, seen from the service user. Being anonymous is normal. */
export const CALLER_RELATIONS = ['self', 'carer', 'professional', 'other'] as const
export type CallerRelation = (typeof CALLER_RELATIONS)[number]

export const CALLER_LABELS: Record<CallerRelation, string> = {
  self: 'Self',
  carer: 'Carer or family',
  professional: 'Professional',
  other: 'Other',
}

/** Answer to "any sign of danger, illness or fear?" on a silent or abusive call. */
export const DANGER_SIGNS = ['none', 'some'] as const
export type DangerSigns = (typeof DANGER_SIGNS)[number]

/** What a call still needs before it can be finished, in the order the desk shows it. */
export const MISSING = ['recording-notice', 'caller', 'disposition', 'escalation-outcome'] as const
export type Missing = (typeof MISSING)[number]

export const MISSING_LABELS: Record<Missing, string> = {
  'recording-notice': 'Whether the caller was told about recording',
  caller: 'Who called',
  disposition: 'How the call ended',
  'escalation-outcome': 'The outcome of each escalation',
}

/** Longest note, in characters. */
export const NOTES_MAX = 50_000
