import { z } from '@hono/zod-openapi'

/** Errors on the wire (RFC 9457). `fields` names what is wrong with which input; further members say what a screen can act on. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

export type Problem = z.infer<typeof problemSchema>

type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 428 | 429 | 503

/** Every expected "no", with its status and title. Anything else that is thrown is a defect. */
const REFUSALS = {
  'bad-request': [400, 'The request could not be read'],
  'invalid-input': [422, 'Some of what was sent cannot be used'],
  'not-signed-in': [401, 'You are signed out'],
  'not-allowed': [403, 'Your role does not allow this'],
  'not-found': [404, 'Not found'],
  'key-missing': [400, 'Send an Idempotency-Key'],
  'key-reused': [422, 'This Idempotency-Key belongs to another request'],
  'key-running': [409, 'The same request is still running'],
  'version-missing': [428, 'Send If-Match with the version you changed'],
  'version-stale': [412, 'Someone changed this since you opened it'],
  'live-call': [409, 'You already have a live call'],
  'call-state': [409, 'The call is not in a state for that'],
  'call-incomplete': [409, 'The call cannot be finished yet'],
  'recording-state': [409, 'That does not follow from the recording so far'],
  'no-team': [409, 'You have no team yet: ask an admin'],
  'guidance-unusable': [409, 'This guidance cannot be used in a call'],
  'too-large': [413, 'That is too long to keep'],
  'set-up-link': [409, 'This set-up link was used or has expired'],
  busy: [503, 'Callside is busy: try again'],
} as const satisfies Record<string, readonly [RefusalStatus, string]>

export type RefusalCode = keyof typeof REFUSALS

/** An expected "no". `more` travels in the problem document. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly more: Record<string, unknown>
  constructor(code: RefusalCode, detail?: string, more: Record<string, unknown> = {}) {
    super(detail ?? REFUSALS[code][1])
    this.name = 'Refusal'
    this.code = code
    this.more = detail ? { detail, ...more } : more
  }
  get status(): RefusalStatus {
    return REFUSALS[this.code][0]
  }
  toProblem(): Problem {
    return { type: `/problems/${this.code}`, title: REFUSALS[this.code][1], status: this.status, ...this.more }
  }
}
