import { z } from '@hono/zod-openapi'
import { agoMs, instant, text } from '#lib/wire.ts'
import { RECORDING_EVENT_KINDS } from './terms.ts'

export const recordingEventInput = z.strictObject({
  kind: z.enum(RECORDING_EVENT_KINDS),
  reason: text(400).optional(),
  agoMs,
})

export const recordingEventSchema = z.object({
  id: z.uuid(),
  kind: z.enum(RECORDING_EVENT_KINDS),
  reason: z.string().nullable(),
  at: instant,
  second: z.int(),
})
