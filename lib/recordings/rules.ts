import type { RecordingEventKind, RecordingState, Telling } from './terms.ts'

/** What the ledger adds up to. */
export type RecordingView = { state: RecordingState; recorded: boolean; told: Telling | null; objected: boolean }

/** The view of a call before its first event. A recorded line runs from the first second. */
export function startOfRecording(recordsCalls: boolean): RecordingView {
  return { state: recordsCalls ? 'recording' : 'not-recorded', recorded: recordsCalls, told: null, objected: false }
}

const MOVES: Record<RecordingEventKind, { from: readonly RecordingState[]; to: RecordingState | 'same' }> = {
  told: { from: ['recording', 'paused', 'stopped', 'unknown'], to: 'same' },
  'could-not-tell': { from: ['recording', 'paused', 'stopped', 'unknown'], to: 'same' },
  // With a desk phone nobody but the agent can stop it: until they confirm, it may still be running.
  objected: { from: ['recording', 'paused', 'unknown', 'stopped'], to: 'unknown' },
  stopped: { from: ['recording', 'paused', 'unknown'], to: 'stopped' },
  'cannot-stop': { from: ['recording', 'unknown'], to: 'recording' },
  paused: { from: ['recording'], to: 'paused' },
  resumed: { from: ['paused'], to: 'recording' },
  unknown: { from: ['recording', 'paused', 'stopped'], to: 'unknown' },
}

/**
 * The view after one more event, or null where the event does not follow.
 * `recorded` never turns false: an objection does not undo what was or may have been recorded. `objected` never turns false either.
 */
export function afterRecordingEvent(view: RecordingView, kind: RecordingEventKind): RecordingView | null {
  const move = MOVES[kind]
  if (!move.from.includes(view.state)) return null
  const state = move.to === 'same' || (kind === 'objected' && view.state === 'stopped') ? view.state : move.to
  return {
    state,
    recorded: view.recorded || state === 'recording' || state === 'unknown',
    told: kind === 'told' ? 'told' : kind === 'could-not-tell' ? (view.told ?? 'could-not-tell') : view.told,
    objected: view.objected || kind === 'objected',
  }
}

/** The view of a whole ledger; events that do not follow are passed over. */
export function foldRecording(recordsCalls: boolean, kinds: readonly RecordingEventKind[]): RecordingView {
  return kinds.reduce((view, kind) => afterRecordingEvent(view, kind) ?? view, startOfRecording(recordsCalls))
}
