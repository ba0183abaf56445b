import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Source, TopicContent, VersionState } from '#lib/guidance/terms.ts'

/** One version of one topic. Content never changes once it has left `draft` (kept by a trigger). */
export const guidanceVersions = pgTable(
  'guidance_versions',
  {
    id: uuid().primaryKey(),
    topic: text().notNull(),
    number: integer().notNull(),
    state: text().$type<VersionState>().notNull(),
    content: jsonb().$type<TopicContent>().notNull(),
    sources: jsonb().$type<Record<string, Source>>().notNull(),
    /** SHA-256 of content and sources: an import changes nothing where nothing changed. */
    contentHash: text('content_hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('guidance_versions_topic_number').on(table.topic, table.number),
    index('guidance_versions_in_use').on(table.state, table.topic, table.number),
  ],
)
