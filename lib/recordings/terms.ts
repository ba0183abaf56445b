/** What can happen about recording. With a desk phone these are the agent's claims. */
export const RECORDING_EVENT_KINDS = ['told', 'could-not-tell', 'objected', 'stopped', 'cannot-stop', 'paused', 'resumed', 'unknown'] as const
export type RecordingEventKind = (typeof RECORDING_EVENT_KINDS)[number]

/** `unknown` is shown and treated as recording. */
export const RECORDING_STATES = ['not-recorded', 'recording', 'paused', 'stopped', 'unknown'] as const
export type RecordingState = (typeof RECORDING_STATES)[number]

export const TELLINGS = ['told', 'could-not-tell'] as const
export type Telling = (typeof TELLINGS)[number]

/** Why the caller could not be told. */
export const COULD_NOT_TELL_REASONS = ['emergency-first', 'caller-silent', 'caller-hung-up', 'not-understood'] as const

export const COULD_NOT_TELL_LABELS: Record<(typeof COULD_NOT_TELL_REASONS)[number], string> = {
  'emergency-first': 'Emergency came first',
  'caller-silent': 'Caller was silent',
  'caller-hung-up': 'Caller hung up',
  'not-understood': 'Caller could not understand',
}

export const PAUSE_REASONS = ['card-details', 'third-party', 'caller-asked'] as const

export const PAUSE_LABELS: Record<(typeof PAUSE_REASONS)[number], string> = {
  'card-details': 'Card details',
  'third-party': 'Someone else came on the line',
  'caller-asked': 'Caller asked for a pause',
}
