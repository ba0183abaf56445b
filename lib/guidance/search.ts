import MiniSearch, { type Options } from 'minisearch'
import type { Block, TopicContent } from './terms.ts'

/** What is indexed of a topic. */
export type SearchDocument = { topic: string; title: string; callersSay: string; urgentSigns: string; summary: string; words: string }

export type SearchHit = { topic: string; score: number; matched: string[] }

const STOP = new Set(
  'a an and are as at be been but by can could do does for from get got had has have he her him his how i if in is it its ive im just me my no not of on or our she so some than that the their them then there they this to too up was we were what when which who will with would you your'.split(
    ' ',
  ),
)

/** Lower case, no accents, no apostrophes, no stop words; plurals and -ing folded, so that "legs" finds "leg". */
function processTerm(term: string): string | null {
  const word = term
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
  if (word === '' || STOP.has(word)) return null
  return stem(word)
}

function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3)
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1)
  return word
}

const OPTIONS: Options<SearchDocument> = {
  idField: 'topic',
  fields: ['title', 'callersSay', 'urgentSigns', 'summary', 'words'],
  tokenize: (text) => text.split(/[^\p{L}\p{N}'’]+/u).filter(Boolean),
  processTerm,
  searchOptions: { boost: { title: 4, callersSay: 3, urgentSigns: 2, summary: 1.5, words: 0.6 }, combineWith: 'OR' },
}

/** Fuzzy matching only when exact words and beginnings found fewer than this. */
const FEW = 3

/** The one index, the same in the browser and behind the API. */
export type GuidanceIndex = MiniSearch<SearchDocument>

export function buildIndex(topics: readonly TopicContent[]): GuidanceIndex {
  const index = new MiniSearch(OPTIONS)
  index.addAll(topics.map(toDocument))
  return index
}

/** Topics best first: exact words and beginnings; where these find few, words spelt nearly so as well. */
export function searchIndex(index: GuidanceIndex, query: string, limit: number): SearchHit[] {
  const words = query.trim()
  if (words === '') return []
  const near = index.search(words, { prefix: (term) => term.length > 2 })
  const hits = near.length >= FEW ? near : index.search(words, { prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 3 ? 0.25 : false) })
  return hits.slice(0, limit).map((hit) => ({ topic: String(hit.id), score: hit.score, matched: hit.terms }))
}

function toDocument(topic: TopicContent): SearchDocument {
  return {
    topic: topic.topic,
    title: topic.title,
    callersSay: topic.callersSay.join(' '),
    urgentSigns: topic.blocks.filter(isUrgent).flatMap(wordsOf).join(' '),
    summary: topic.summary,
    words: topic.blocks
      .filter((block) => block.type !== 'reviewer-note' && !isUrgent(block))
      .flatMap(wordsOf)
      .join(' '),
  }
}

function isUrgent(block: Block): boolean {
  return (block.type === 'safety-question' || block.type === 'care-card') && (block.tier === 'emergency' || block.tier === 'same-day')
}

function wordsOf(block: Block): string[] {
  switch (block.type) {
    case 'say':
    case 'check':
    case 'worsening-advice':
      return [block.text]
    case 'safety-question':
    case 'question':
      return [block.ask]
    case 'care-card':
      return [...block.items, ...(block.awaiting ?? [])]
    case 'do':
    case 'self-help':
      return block.items
    case 'treatment':
      return [block.heading, block.text]
    case 'signpost':
      return [block.service, block.text]
    default:
      return []
  }
}
