import MiniSearch, { type Options, type SearchOptions } from 'minisearch'
import { stemmer } from 'stemmer'
import type { Block, Tier, TopicContent } from './terms.ts'

/** A topic found: the line of it that fits best, and whether that line is a sign of an emergency or for the same day. */
export type SearchHit = { topic: string; score: number; matched: string[]; line: string; urgent: UrgentTier | null }

type UrgentTier = Extract<Tier, 'emergency' | 'same-day'>

/** One thing a caller may say, or one line of a topic: what is matched is the line, so that words count most where they stand together. */
type Line = { id: number; topic: string; weight: number; urgent: UrgentTier | null; words: string }

const STOP = new Set(
  'a about after all am an and any are as at be been being but by can could did do does for from get got had has have having he her him his how i if in into is it its just like me more my no nor of off on or other our out really she since so some something than that the their them then there these they thing this those through to too up very was we were what when where which while who why will with would you your ive im cant wont dont its'.split(
    ' ',
  ),
)

/** Lower case, no accents or apostrophes, no stop words, endings folded: "legs" finds "leg", "numbness" finds "numb". */
function processTerm(term: string): string | null {
  const word = term
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
  return word === '' || STOP.has(word) ? null : stemmer(word)
}

const tokenize = (text: string) => text.split(/[^\p{L}\p{N}'’]+/u).filter(Boolean)

const OPTIONS: Options<Line> = {
  idField: 'id',
  fields: ['words'],
  storeFields: ['topic', 'weight', 'urgent', 'words'],
  tokenize,
  processTerm,
}

/** Fuzzy matching only when exact words and beginnings found fewer topics than this. */
const FEW = 3

/** How much a line counts by where it stands: the title and what callers say above the body, urgent signs above other lines. */
const WEIGHTS = { title: 1.6, callersSay: 1, emergency: 1.1, sameDay: 0.9, summary: 0.7, body: 0.45 }

/** A topic's further lines add to its best one, each half as much as the one before. */
const FURTHER = 0.5
const LINES_COUNTED = 4

/** Below this share of the best topic's score a topic matches by chance. */
const WORTH_SHOWING = 0.2

/** A line is called an urgent sign only where it holds this share of the words asked for. */
const URGENT_SHARE = 0.6

/** A topic as a whole: which words are its own among all topics. */
type Whole = { topic: string; title: string; callersSay: string; signs: string; summary: string; body: string }

const WHOLE_OPTIONS: Options<Whole> = {
  tokenize,
  processTerm,
  idField: 'topic',
  fields: ['title', 'callersSay', 'signs', 'summary', 'body'],
  searchOptions: { boost: { title: 4, callersSay: 3, signs: 2, summary: 1.5, body: 0.5 } },
}

/** How much the whole topic counts beside its best lines. */
const WHOLE_SHARE = 1

/** The one index, the same in the browser and behind the API: lines, and topics as a whole. */
export type GuidanceIndex = { lines: MiniSearch<Line>; wholes: MiniSearch<Whole> }

export function buildIndex(topics: readonly TopicContent[]): GuidanceIndex {
  const lines = new MiniSearch(OPTIONS)
  lines.addAll(topics.flatMap(linesOf).map((line, id) => ({ id, ...line })))
  const wholes = new MiniSearch(WHOLE_OPTIONS)
  wholes.addAll(topics.map(wholeOf))
  return { lines, wholes }
}

/** Topics best first: exact words and beginnings; where these find few topics, words spelt nearly so as well. */
export function searchIndex(index: GuidanceIndex, query: string, limit: number): SearchHit[] {
  if (query.trim() === '') return []
  const prefix = (term: string) => term.length > 2
  const near = rank(index, query, { prefix })
  const hits = near.length >= FEW ? near : rank(index, query, { prefix, fuzzy: (term) => (term.length > 3 ? 0.25 : false) })
  const floor = (hits[0]?.score ?? 0) * WORTH_SHOWING
  return hits.filter((hit) => hit.score >= floor).slice(0, limit)
}

/** Both views of each topic, each against its own best. */
function rank(index: GuidanceIndex, query: string, how: SearchOptions): SearchHit[] {
  const asked = tokenize(query).filter((term) => processTerm(term) !== null).length
  const hits = topicsOf(index.lines.search(query, how), asked)
  const wholes = new Map(index.wholes.search(query, how).map((hit) => [String(hit.id), hit.score]))
  const bestLine = hits[0]?.score ?? 1
  const bestWhole = Math.max(...wholes.values(), Number.MIN_VALUE)
  return hits
    .map((hit) => ({ ...hit, score: hit.score / bestLine + (WHOLE_SHARE * (wholes.get(hit.topic) ?? 0)) / bestWhole }))
    .sort((a, b) => b.score - a.score || a.topic.localeCompare(b.topic))
}

/** Gathers lines into topics: the best line counts whole, the next ones ever less. */
function topicsOf(lines: ReturnType<MiniSearch<Line>['search']>, asked: number): SearchHit[] {
  const byTopic = Map.groupBy(
    lines.map((line) => ({ ...(line as unknown as Line), worth: line.score * line.weight, terms: line.terms, share: line.queryTerms.length / asked })),
    (line) => line.topic,
  )
  return [...byTopic]
    .map(([topic, found]) => {
      const [best, ...further] = found.sort((a, b) => b.worth - a.worth).slice(0, LINES_COUNTED)
      return {
        topic,
        score: [best, ...further].reduce((sum, line, at) => sum + (line?.worth ?? 0) * FURTHER ** at, 0),
        matched: [...new Set(found.flatMap((line) => line.terms))],
        line: best?.words ?? '',
        urgent: best && best.share >= URGENT_SHARE ? best.urgent : null,
      }
    })
    .sort((a, b) => b.score - a.score || a.topic.localeCompare(b.topic))
}

function linesOf(topic: TopicContent): Omit<Line, 'id'>[] {
  const line = (words: string, weight: number, urgent: UrgentTier | null = null) => ({ topic: topic.topic, words, weight, urgent })
  // A topic that is urgent as a whole is described by its signs: what callers say of it is one.
  const said = topic.kind === 'urgent' ? 'emergency' : null
  return [
    line(topic.title, WEIGHTS.title),
    ...topic.callersSay.flatMap((words) => words.split(', ')).map((words) => line(words, WEIGHTS.callersSay, said)),
    line(topic.summary, WEIGHTS.summary),
    ...topic.blocks
      .filter((block) => block.type !== 'reviewer-note')
      .flatMap((block) => wordsOf(block).map((words) => line(words, weightOf(block), urgencyOfBlock(block)))),
  ]
}

function urgencyOfBlock(block: Block): UrgentTier | null {
  if (block.type !== 'safety-question' && block.type !== 'care-card') return null
  return block.tier === 'emergency' || block.tier === 'same-day' ? block.tier : null
}

function wholeOf(topic: TopicContent): Whole {
  const told = topic.blocks.filter((block) => block.type !== 'reviewer-note')
  const words = (blocks: readonly Block[]) => blocks.flatMap(wordsOf).join(' ')
  return {
    topic: topic.topic,
    title: topic.title,
    callersSay: topic.callersSay.join(' '),
    signs: words(told.filter((block) => weightOf(block) > WEIGHTS.body)),
    summary: topic.summary,
    body: words(told.filter((block) => weightOf(block) <= WEIGHTS.body)),
  }
}

function weightOf(block: Block): number {
  const urgent = urgencyOfBlock(block)
  return urgent === 'emergency' ? WEIGHTS.emergency : urgent === 'same-day' ? WEIGHTS.sameDay : WEIGHTS.body
}

function wordsOf(block: Block): string[] {
  switch (block.type) {
    case 'say':
    case 'check':
    case 'worsening-advice':
      return [block.text]
    case 'safety-question':
      return [block.ask, ...(block.reworded ? [block.reworded] : [])]
    case 'question':
      return [block.ask]
    case 'care-card':
      return [...block.items, ...(block.awaiting ?? [])]
    case 'do':
    case 'self-help':
      return block.items
    case 'treatment':
      return [`${block.heading} ${block.text}`]
    case 'signpost':
      return [`${block.service} ${block.text}`]
    default:
      return []
  }
}
