import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { VersionState } from '#lib/guidance/terms.ts'
import type { Reader } from '../client.ts'
import { guidanceVersions } from '../schema/guidance.ts'

const columns = {
  id: guidanceVersions.id,
  topic: guidanceVersions.topic,
  number: guidanceVersions.number,
  state: guidanceVersions.state,
  content: guidanceVersions.content,
  sources: guidanceVersions.sources,
}

/** The version in use of every topic: the newest in one of these states. */
export async function listVersionsInUse(db: Reader, states: readonly VersionState[]) {
  return db
    .selectDistinctOn([guidanceVersions.topic], columns)
    .from(guidanceVersions)
    .where(inArray(guidanceVersions.state, [...states]))
    .orderBy(guidanceVersions.topic, desc(guidanceVersions.number))
}

/** What identifies the library in use: changes when any version in it does. */
export async function findLibraryStamp(db: Reader, states: readonly VersionState[]): Promise<string> {
  const result = await db.execute<{ stamp: string }>(sql`
    SELECT coalesce(md5(string_agg(id::text, ',' ORDER BY topic)), 'empty') AS stamp FROM (
      SELECT DISTINCT ON (topic) id, topic FROM guidance_versions WHERE state IN ${[...states]} ORDER BY topic, number DESC
    ) in_use`)
  return result.rows[0]?.stamp ?? 'empty'
}

export async function findVersionInUse(db: Reader, topic: string, states: readonly VersionState[]) {
  const [row] = await db
    .select(columns)
    .from(guidanceVersions)
    .where(and(eq(guidanceVersions.topic, topic), inArray(guidanceVersions.state, [...states])))
    .orderBy(desc(guidanceVersions.number))
    .limit(1)
  return row
}

export async function listVersions(db: Reader, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .select(columns)
    .from(guidanceVersions)
    .where(inArray(guidanceVersions.id, [...ids]))
}

export async function findNewestVersion(db: Reader, topic: string) {
  const [row] = await db
    .select({ number: guidanceVersions.number, state: guidanceVersions.state, contentHash: guidanceVersions.contentHash })
    .from(guidanceVersions)
    .where(eq(guidanceVersions.topic, topic))
    .orderBy(desc(guidanceVersions.number))
    .limit(1)
  return row
}

export async function insertVersion(db: Reader, row: typeof guidanceVersions.$inferInsert) {
  await db.insert(guidanceVersions).values(row)
}
