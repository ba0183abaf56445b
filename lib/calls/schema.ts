import { z } from '@hono/zod-openapi'
import { escalationSchema } from '#lib/escalations/schema.ts'
import { consultationSchema, trailEventSchema } from '#lib/guidance/schema.ts'
import { TIERS } from '#lib/guidance/terms.ts'
import { recordingEventSchema } from '#lib/recordings/schema.ts'
import { RECORDING_STATES, TELLINGS } from '#lib/recordings/terms.ts'
import { instant, moment, text } from '#lib/wire.ts'
import { CALL_STATES, CALLER_RELATIONS, DANGER_SIGNS, NOTES_MAX } from './terms.ts'

const summary = {
  id: z.uuid(),
  reference: z.string(),
  state: z.enum(CALL_STATES),
  agentId: z.uuid(),
  startedAt: instant,
  endedAt: instant.nullable(),
  recordingState: z.enum(RECORDING_STATES),
  recorded: z.boolean(),
  told: z.enum(TELLINGS).nullable(),
  objected: z.boolean(),
  urgency: z.enum(TIERS),
  escalated: z.boolean(),
  topics: z.array(z.string()),
  caller: z.enum(CALLER_RELATIONS).nullable(),
  dispositionCode: z.string().nullable(),
  dispositionLabel: z.string().nullable(),
  version: z.int(),
}

export const callSchema = z
  .object({
    ...summary,
    finishedAt: instant.nullable(),
    /** The database's clock at this answer: the desk counts from it, not from its own. */
    now: instant,
    notes: z.string(),
    dangerSigns: z.enum(DANGER_SIGNS).nullable(),
    recordingPolicy: z.object({ recordsCalls: z.boolean(), canStopRecording: z.boolean(), cannotStopWording: z.string() }),
  })
  .openapi('Call')

/** A call with everything that hangs on it, each list in order. */
export const callRecordSchema = callSchema
  .extend({
    agentName: z.string(),
    notice: z.object({ id: z.uuid(), version: z.int(), wording: z.string() }),
    events: z.array(z.object({ kind: z.string(), at: instant })),
    recording: z.array(recordingEventSchema),
    consultations: z.array(consultationSchema),
    trail: z.array(trailEventSchema),
    escalations: z.array(escalationSchema),
  })
  .openapi('CallRecord')

export const callListItemSchema = z.object({ ...summary, agentName: z.string() }).openapi('CallListItem')

export const startCallInput = z.strictObject({}).default({})

export const patchCallInput = z
  .strictObject({
    notes: text(NOTES_MAX),
    caller: z.enum(CALLER_RELATIONS).nullable(),
    dispositionCode: text(60).nullable(),
    dangerSigns: z.enum(DANGER_SIGNS).nullable(),
  })
  .partial()

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

export const callListQuery = z.object({
  whose: z.enum(['mine', 'team']).default('mine'),
  phase: z.enum(['live', 'to-finish', 'finished']).optional(),
  agentId: z.uuid().optional(),
  from: moment.optional(),
  to: moment.optional(),
  disposition: text(60).optional(),
  recording: z.enum(['recorded', 'not-told', 'objected']).optional(),
  escalated: flag.optional(),
  urgency: z.enum(TIERS).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const callListSchema = z.object({ calls: z.array(callListItemSchema), nextCursor: z.string().nullable() })

export const trailAnswerSchema = z.object({ call: callSchema, escalation: escalationSchema.nullable() })
