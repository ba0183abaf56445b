/** Guidance is found in the words callers use. The phrases are kept apart from the topics: none may be pasted into one. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'playwright/test'
import { z } from 'zod'
import { readLibrary } from '#lib/guidance/files.ts'
import { buildIndex, searchIndex } from '#lib/guidance/search.ts'

const phrases = z
  .array(z.object({ phrase: z.string(), urgent: z.boolean(), accept: z.array(z.string()) }))
  .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'search-phrases.json'), 'utf8')))

const library = await readLibrary(path.resolve(import.meta.dirname, '..', '..', 'db', 'seed', 'guidance'))
const index = buildIndex(library.topics)

/** The share of phrases for which one of the first `places` topics is a right one. */
function hitsAt(places: number, some = phrases): number {
  const hits = some.filter(({ phrase, accept }) => searchIndex(index, phrase, places).some((hit) => accept.includes(hit.topic)))
  return hits.length / some.length
}

test('the first topic is a right one for 85 phrases in 100, one of the first three for 95', () => {
  expect(hitsAt(1)).toBeGreaterThanOrEqual(0.85)
  expect(hitsAt(3)).toBeGreaterThanOrEqual(0.95)
})

test('what is urgent comes first for 92 in 100', () => {
  expect(
    hitsAt(
      1,
      phrases.filter((each) => each.urgent),
    ),
  ).toBeGreaterThanOrEqual(0.92)
})

test('a library without the callers’ own words finds fewer: the measure can fail', () => {
  const mute = buildIndex(library.topics.map((topic) => ({ ...topic, callersSay: [] })))
  const hits = phrases.filter(({ phrase, accept }) => searchIndex(mute, phrase, 1).some((hit) => accept.includes(hit.topic)))
  expect(hits.length / phrases.length).toBeLessThan(0.85)
})

test('an urgent sign says that it is one, and a word that merely stands in one does not', () => {
  expect(searchIndex(index, 'numb between my legs', 1)).toMatchObject([{ topic: 'cauda-equina-syndrome', urgent: 'emergency' }])
  expect(searchIndex(index, 'when does the helpline close for christmas holidays', 1)[0]?.urgent ?? null).toBeNull()
})

test('nothing asked finds nothing, and nonsense does not fail', () => {
  for (const query of ['', '   ', '?!', '\u0000', 'zzzzqqqq', '😀'.repeat(50), 'a'.repeat(5_000)]) expect(() => searchIndex(index, query, 9)).not.toThrow()
  expect(searchIndex(index, '  ', 9)).toEqual([])
})
