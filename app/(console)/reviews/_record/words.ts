import type { CallState } from '#lib/calls/terms.ts'
import type { Answer, TrailKind, VersionState } from '#lib/guidance/terms.ts'
import { COULD_NOT_TELL_LABELS, PAUSE_LABELS, type RecordingEventKind, type RecordingState } from '#lib/recordings/terms.ts'

export const STATE_WORDS: Record<CallState, string> = {
  ringing: 'Ringing',
  'in-progress': 'In progress',
  'on-hold': 'On hold',
  'wrapping-up': 'Ended, to finish',
  finished: 'Finished',
  missed: 'Missed',
  abandoned: 'Abandoned',
}

export const CALL_EVENT_WORDS: Record<string, string> = {
  start: 'Call started',
  hold: 'Caller put on hold',
  resume: 'Caller taken off hold',
  end: 'Call ended',
  finish: 'Record finished',
}

/** With a desk phone these are what the agent recorded, not what a machine saw. */
export const RECORDING_EVENT_WORDS: Record<RecordingEventKind, string> = {
  told: 'Marked: caller told about recording',
  'could-not-tell': 'Marked: caller could not be told about recording',
  objected: 'Caller objected to recording',
  stopped: 'Agent confirmed that recording was stopped',
  'cannot-stop': 'Recording could not be stopped',
  paused: 'Recording paused',
  resumed: 'Recording resumed',
  unknown: 'Recording state unknown: treat as recording',
}

export const RECORDING_STATE_WORDS: Record<RecordingState, string> = {
  'not-recorded': 'Not recorded',
  recording: 'Recording',
  paused: 'Paused',
  stopped: 'Stopped',
  unknown: 'Unknown: treat as recording',
}

const REASON_WORDS: Record<string, string> = { ...COULD_NOT_TELL_LABELS, ...PAUSE_LABELS }

/** A reason's code in words, or the words that were typed. */
export const reasonWords = (reason: string) => REASON_WORDS[reason] ?? (/^[a-z]+(-[a-z]+)*$/.test(reason) ? sentence(reason.replaceAll('-', ' ')) : reason)

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

export const ANSWER_WORDS: Record<Answer, string> = { yes: 'Yes', no: 'No', unsure: 'Unsure' }

/** What the trail can say: shown and marked, never given or heard. */
export const TRAIL_WORDS: Record<TrailKind, string> = {
  opened: 'Opened',
  shown: 'Shown',
  'read-out': 'Marked read out',
  skipped: 'Marked skipped',
  answered: 'Answer recorded',
  undone: 'Taken back',
  'card-shown': 'Emergency card shown',
  'screen-skipped': 'Emergency questions skipped',
  closed: 'Closed',
}

export const VERSION_STATE_WORDS: Record<VersionState, string> = {
  sample: 'sample, approved by nobody',
  draft: 'draft',
  published: 'published',
  withdrawn: 'withdrawn since',
  retired: 'replaced since',
}

export const CONSENT_WORDS = { given: 'Given', refused: 'Refused', 'not-asked': 'Not asked' } as const
