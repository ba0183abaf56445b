import { z } from '@hono/zod-openapi'
import { TIERS } from '#lib/guidance/terms.ts'
import { agoMs, instant, text } from '#lib/wire.ts'
import { ESCALATION_CAUSES, ESCALATION_DESTINATIONS, ESCALATION_OUTCOMES } from './terms.ts'

export const escalationSchema = z
  .object({
    id: z.uuid(),
    callId: z.uuid(),
    cause: z.enum(ESCALATION_CAUSES),
    blockId: z.string().nullable(),
    urgency: z.enum(TIERS),
    openedAt: instant,
    second: z.int(),
    destination: z.enum(ESCALATION_DESTINATIONS).nullable(),
    reason: z.string().nullable(),
    consent: z.enum(['given', 'refused', 'not-asked']).nullable(),
    reference: z.string().nullable(),
    outcome: z.enum(ESCALATION_OUTCOMES).nullable(),
    outcomeReason: z.string().nullable(),
    outcomeAt: instant.nullable(),
    location: z.string().nullable(),
    callbackNumber: z.string().nullable(),
    version: z.int(),
  })
  .openapi('Escalation')

export const openEscalationInput = z.strictObject({
  urgency: z.enum(['emergency', 'same-day']).default('emergency'),
  reason: text(400).optional(),
  agoMs,
})

export const patchEscalationInput = z
  .strictObject({
    destination: z.enum(ESCALATION_DESTINATIONS).nullable(),
    reason: text(2_000).nullable(),
    consent: z.enum(['given', 'refused', 'not-asked']).nullable(),
    reference: text(200).nullable(),
    outcome: z.enum(ESCALATION_OUTCOMES),
    outcomeReason: text(2_000).nullable(),
    location: text(400).nullable(),
    callbackNumber: text(40).nullable(),
  })
  .partial()
