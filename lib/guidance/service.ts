import { randomUUIDv7 } from 'node:crypto'
import type { Reader, Tx } from '#db/client.ts'
import type { CallRow } from '#db/queries/calls.ts'
import { findLibraryStamp, findVersionInUse, listVersions, listVersionsInUse } from '#db/queries/guidance.ts'
import { listServiceNumbers } from '#db/queries/helpline.ts'
import { findConsultation, insertConsultation, insertTrailEvents, momentOf, type TrailRow } from '#db/queries/ledgers.ts'
import type { Actor } from '#lib/access/actor.ts'
import { auditCall } from '#lib/audit/service.ts'
import { Refusal } from '#lib/refusal.ts'
import { tierOfAnswer, urgencyOf } from './rules.ts'
import { buildIndex, type GuidanceIndex, searchIndex } from './search.ts'
import type { Answer, Block, Source, Tier, TopicContent, TrailKind, VersionState } from './terms.ts'

export type Version = { id: string; topic: string; number: number; state: VersionState; content: TopicContent; sources: Record<string, Source> }

/** The words of a version that has left draft never change, so they may be kept once read. Its state may, and is not believed from here. */
const kept = new Map<string, Version>()
const KEPT_MAX = 500

function keep(version: Version) {
  if (version.state === 'draft') return
  if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? '')
  kept.set(version.id, version)
}

async function versionsById(db: Reader, ids: readonly string[]): Promise<Map<string, Version>> {
  const absent = ids.filter((id) => !kept.has(id))
  for (const version of await listVersions(db, absent)) keep(version)
  return new Map(ids.flatMap((id) => (kept.has(id) ? [[id, kept.get(id) as Version]] : [])))
}

/** Samples are for demo people only; a draft or withdrawn version is for nobody in a call. */
export function usableStates(actor: Pick<Actor, 'isDemo'>): VersionState[] {
  return actor.isDemo ? ['published', 'sample'] : ['published']
}

/** A version as agents read it: reviewer notes are never theirs. */
function presentVersion(version: Version) {
  return {
    versionId: version.id,
    topic: version.topic,
    number: version.number,
    state: version.state,
    content: { ...version.content, blocks: version.content.blocks.filter((block) => block.type !== 'reviewer-note') },
    sources: version.sources,
  }
}

type Library = { stamp: string; versions: Version[]; index: GuidanceIndex }
const libraries = new Map<string, Library>()

/** The library in use, with its index; read again when any version in it changed. */
async function libraryInUse(db: Reader, actor: Pick<Actor, 'isDemo'>): Promise<Library> {
  const states = usableStates(actor)
  const stamp = await findLibraryStamp(db, states)
  const held = libraries.get(states.join())
  if (held?.stamp === stamp) return held
  const versions = await listVersionsInUse(db, states)
  const library = { stamp, versions, index: buildIndex(versions.map((version) => version.content)) }
  libraries.set(states.join(), library)
  return library
}

/** Every usable topic, whole: the desk holds it in memory. */
export async function getLibrary(db: Reader, actor: Actor) {
  const { stamp, versions } = await libraryInUse(db, actor)
  return { stamp, versions: versions.map(presentVersion), numbers: await listServiceNumbers(db) }
}

/** Topics best first, by the same index as the desk's. */
export async function searchGuidance(db: Reader, actor: Actor, input: { q: string; limit: number }) {
  const { versions, index } = await libraryInUse(db, actor)
  const topics = new Map(versions.map((version) => [version.topic, version.content]))
  const results = searchIndex(index, input.q, input.limit).flatMap((hit) => {
    const topic = topics.get(hit.topic)
    return topic ? [{ ...hit, title: topic.title, summary: topic.summary, kind: topic.kind }] : []
  })
  return { results }
}

export async function getTopic(db: Reader, actor: Actor, topic: string) {
  const version = await findVersionInUse(db, topic, usableStates(actor))
  if (!version) throw new Refusal('not-found')
  return presentVersion(version)
}

/** One version by id, whatever its state now: a record shows the words the agent saw. Drafts are not shown. */
export async function getVersion(db: Reader, id: string) {
  const [version] = await listVersions(db, [id])
  if (!version || version.state === 'draft') throw new Refusal('not-found')
  return presentVersion(version)
}

/** Opens a topic in a call that the caller holds locked. The version is the one the desk showed, if it may be used, else the one in use. */
export async function openConsultation(
  tx: Tx,
  actor: Actor,
  call: CallRow,
  input: { topic: string; id?: string | undefined; versionId?: string | undefined; agoMs: number },
) {
  const version = input.versionId ? (await listVersions(tx, [input.versionId]))[0] : await findVersionInUse(tx, input.topic, usableStates(actor))
  const states: VersionState[] = [...usableStates(actor), 'retired']
  if (!version || version.topic !== input.topic) throw new Refusal(input.versionId ? 'guidance-unusable' : 'not-found')
  if (!states.includes(version.state)) throw new Refusal('guidance-unusable', `Version ${version.number} of ${version.topic} is ${version.state}`)
  keep(version)
  const moment = momentOf(call.startedAt, input.agoMs)
  const row = await insertConsultation(tx, moment, { id: input.id ?? randomUUIDv7(), callId: call.id, topic: version.topic, versionId: version.id })
  if (!row) throw new Refusal('invalid-input', 'That consultation id is taken')
  await insertTrailEvents(tx, [{ moment, row: { id: randomUUIDv7(), callId: call.id, consultationId: row.id, kind: 'opened', versionId: version.id } }])
  await auditCall(tx, actor, 'trail.opened', call, version.id, { topic: version.topic })
  return { id: row.id, topic: row.topic, versionId: row.versionId, openedAt: row.openedAt.toISOString(), second: row.second }
}

export type TrailInput = {
  kind: Exclude<TrailKind, 'opened'>
  blockId?: string | undefined
  versionId?: string | undefined
  answer?: Answer | undefined
  detail?: string | undefined
  agoMs: number
}

/** A positive answer: the block that was answered, the tier it reached, and when. */
export type Positive = { blockId: string; tier: Tier; agoMs: number }

/**
 * Adds to the trail of one consultation of a call that the caller holds locked. The tier of each answer is decided here, from the
 * version's own words. Refuses a block that the version, or a topic it includes, does not have.
 */
export async function appendTrail(tx: Tx, actor: Actor, call: CallRow, consultationId: string, events: readonly TrailInput[]) {
  const consultation = await findConsultation(tx, call.id, consultationId)
  if (!consultation) throw new Refusal('not-found')
  const ids = [...new Set([consultation.versionId, ...events.flatMap((event) => event.versionId ?? [])])]
  const versions = await versionsById(tx, ids)
  const own = versions.get(consultation.versionId)
  if (!own) throw new Error('a consultation names a version that is gone')
  const positives: Positive[] = []
  const rows = events.map((event) => {
    const version = versions.get(event.versionId ?? own.id)
    if (!version || !isReachable(own, version)) throw new Refusal('guidance-unusable', 'That version is not part of this consultation')
    const block = event.blockId ? version.content.blocks.find((each) => each.id === event.blockId) : undefined
    if (event.blockId && !block) throw new Refusal('guidance-unusable', `There is no block ${event.blockId} in that version`)
    const tier = event.kind === 'answered' ? tierReached(block, event) : null
    if (tier && event.blockId) positives.push({ blockId: event.blockId, tier, agoMs: event.agoMs })
    const row: TrailRow = {
      id: randomUUIDv7(),
      callId: call.id,
      consultationId,
      kind: event.kind,
      versionId: version.id,
      blockId: event.blockId ?? null,
      answer: event.answer ?? null,
      tier,
      detail: event.detail ?? null,
    }
    return { moment: momentOf(call.startedAt, event.agoMs), row }
  })
  await insertTrailEvents(tx, rows)
  await auditCall(tx, actor, 'trail.followed', call, consultationId, { events: rows.length, urgency: urgencyOf(positives.map((each) => each.tier)) })
  return positives
}

/** An included block comes from the version of the topic that an include names. */
function isReachable(own: Version, version: Version): boolean {
  return own.id === version.id || own.content.blocks.some((block) => block.type === 'include' && block.topic === version.topic)
}

function tierReached(block: Block | undefined, event: TrailInput): Tier | null {
  if (block?.type === 'question') {
    if (!block.options.some((option) => option.key === event.detail)) throw new Refusal('invalid-input', 'That question has no such option')
    return null
  }
  if (block?.type !== 'safety-question' || !event.answer) throw new Refusal('invalid-input', 'Only a question is answered, with yes, no or unsure')
  return tierOfAnswer(block, event.answer)
}
