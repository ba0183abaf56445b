import { z } from '@hono/zod-openapi'
import { agoMs, instant, text } from '#lib/wire.ts'
import { ANSWERS, TIERS, TOPIC_KINDS, type TopicContent, TRAIL_KINDS, VERSION_STATES } from './terms.ts'

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use small letters, digits and hyphens')
const blockId = z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'use topic.words in small letters')
const reference = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)?$/, 'name a topic or a block id')
const words = z.string().trim().min(1).max(2_000)
const line = z.string().trim().min(1).max(400)
const tier = z.enum(TIERS)

const sourced = {
  id: blockId,
  sources: z
    .array(z.string().regex(/^S\d+[a-z]?$/, 'name a source as S12 or S12b'))
    .min(1)
    .optional(),
  sourceAwaited: z.boolean().optional(),
}
const consequence = { do: words.optional(), goTo: reference.optional() }
const covers = z
  .array(z.string().regex(/^Q\d+$/))
  .min(1)
  .optional()

export const blockSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...sourced, type: z.literal('say'), text: words }),
  z.strictObject({ ...sourced, type: z.literal('check'), text: words }),
  z.strictObject({
    ...sourced,
    type: z.literal('safety-question'),
    ask: words,
    reworded: words.optional(),
    tier,
    yes: z.strictObject(consequence),
    no: z.strictObject(consequence).optional(),
    unsure: z.strictObject({ ...consequence, tier: tier.optional() }).optional(),
    onlyAfterYes: blockId.optional(),
    covers,
  }),
  z.strictObject({
    ...sourced,
    type: z.literal('question'),
    ask: words,
    options: z
      .array(z.strictObject({ key: slug, label: line, ...consequence }))
      .min(2)
      .max(9),
    covers,
  }),
  z.strictObject({ ...sourced, type: z.literal('include'), topic: slug }),
  z.strictObject({
    ...sourced,
    type: z.literal('care-card'),
    tier: tier.exclude(['routine']),
    heading: line,
    items: z.array(line),
    awaiting: z.array(line).optional(),
  }),
  z.strictObject({ ...sourced, type: z.literal('do'), items: z.array(line).min(1) }),
  z.strictObject({ ...sourced, type: z.literal('do-not'), items: z.array(line).min(1) }),
  z.strictObject({ ...sourced, type: z.literal('treatment'), heading: line, text: words }),
  z.strictObject({ ...sourced, type: z.literal('self-help'), items: z.array(line).min(1) }),
  z.strictObject({ ...sourced, type: z.literal('signpost'), service: line, text: words, number: slug.optional() }),
  z.strictObject({ ...sourced, type: z.literal('worsening-advice'), text: words }),
  z.strictObject({ ...sourced, type: z.literal('reviewer-note'), text: words }),
])

/** One topic, as its file, its version and the API hold it. */
export const topicSchema = z.strictObject({
  topic: slug,
  title: line,
  summary: line,
  kind: z.enum(TOPIC_KINDS),
  needsEmergencyScreen: z.boolean(),
  callersSay: z.array(line).min(3),
  reviewMonths: z.int().min(1).max(36),
  proposedReviewBy: z.iso.date(),
  changes: z.array(z.strictObject({ when: line, was: words, now: words, sources: z.array(z.string()).min(1) })),
  blocks: z.array(blockSchema).min(1),
}) satisfies z.ZodType<TopicContent>

export const sourceSchema = z.strictObject({ title: line, address: line.optional(), seen: line, grade: line })
export const numberSchema = z.strictObject({ key: slug, service: line, number: line, detail: line, checkedOn: z.iso.date() })

const versionIdentity = {
  versionId: z.uuid(),
  topic: slug,
  number: z.int(),
  state: z.enum(VERSION_STATES),
}

/** One version as an agent reads it: no reviewer notes. */
export const versionSchema = z.object({ ...versionIdentity, content: topicSchema, sources: z.record(z.string(), sourceSchema) }).openapi('GuidanceVersion')

export const librarySchema = z.object({ stamp: z.string(), versions: z.array(versionSchema), numbers: z.array(numberSchema) }).openapi('GuidanceLibrary')

export const searchQuery = z.object({ q: z.string().max(200).default(''), limit: z.coerce.number().int().min(1).max(50).default(10) })

export const searchResultSchema = z.object({
  topic: slug,
  title: z.string(),
  summary: z.string(),
  kind: z.enum(TOPIC_KINDS),
  score: z.number(),
  /** The words of the topic that matched. */
  matched: z.array(z.string()),
  /** The line of the topic that fits best. */
  line: z.string(),
  /** Set when that line is a sign of an emergency or for the same day. */
  urgent: z.enum(['emergency', 'same-day']).nullable(),
})
export const searchAnswerSchema = z.object({ results: z.array(searchResultSchema) })

export const openConsultationInput = z.strictObject({
  topic: slug,
  /** Made by the desk, so that it can go on before the answer comes. */
  id: z.uuid().optional(),
  /** The version the desk showed; the version in use when absent. */
  versionId: z.uuid().optional(),
  agoMs,
})

export const consultationSchema = z.object({ id: z.uuid(), topic: slug, versionId: z.uuid(), openedAt: instant, second: z.int() }).openapi('Consultation')

export const trailEventInput = z.strictObject({
  kind: z.enum(TRAIL_KINDS).exclude(['opened']),
  /** Absent for what concerns the whole topic. */
  blockId: blockId.optional(),
  /** The version the block came from, where it was included from another topic. */
  versionId: z.uuid().optional(),
  answer: z.enum(ANSWERS).optional(),
  detail: text(400).optional(),
  agoMs,
})

export const trailInput = z.strictObject({ events: z.array(trailEventInput).min(1).max(200) })

export const trailEventSchema = z.object({
  id: z.uuid(),
  consultationId: z.uuid().nullable(),
  kind: z.enum(TRAIL_KINDS),
  versionId: z.uuid(),
  blockId: z.string().nullable(),
  answer: z.enum(ANSWERS).nullable(),
  tier: tier.nullable(),
  detail: z.string().nullable(),
  at: instant,
  second: z.int(),
})
