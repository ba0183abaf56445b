import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from '@hono/zod-openapi'
import { parseAllDocuments, parse as parseYaml } from 'yaml'
import { type Library, lintLibrary } from './lint.ts'
import { numberSchema, sourceSchema, topicSchema } from './schema.ts'

/** A library of files that cannot be imported: each fault names file, block and rule. */
export class LibraryFault extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`The guidance files have faults:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'LibraryFault'
    this.faults = faults
  }
}

/**
 * Reads a folder of guidance: `sources.yaml`, `numbers.yaml`, and one `<topic>.yaml` for each topic, whose first document is the
 * front matter and whose second is the list of blocks. All or nothing: throws a `LibraryFault` that lists every fault.
 */
export async function readLibrary(folder: string): Promise<Library> {
  const faults: string[] = []
  const sources = z.record(z.string(), sourceSchema).parse(parseYaml(await readFile(join(folder, 'sources.yaml'), 'utf8')))
  const numbers = z.array(numberSchema).parse(parseYaml(await readFile(join(folder, 'numbers.yaml'), 'utf8')))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml') && name !== 'sources.yaml' && name !== 'numbers.yaml').sort()
  const topics: Library['topics'][number][] = []
  for (const name of names) {
    const topic = readTopic(name, await readFile(join(folder, name), 'utf8'), faults)
    if (topic) topics.push(topic)
  }
  const library = { topics, sources, numbers }
  if (faults.length === 0) faults.push(...lintLibrary(library).map((fault) => `${fault.topic}.yaml, ${fault.block}, ${fault.rule}: ${fault.message}`))
  if (faults.length > 0) throw new LibraryFault(faults)
  return library
}

function readTopic(name: string, text: string, faults: string[]) {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents) || documents.length !== 2) {
    faults.push(`${name}, file, two-documents: write the front matter, a line "---", then the list of blocks`)
    return undefined
  }
  for (const error of documents.flatMap((document) => document.errors)) faults.push(`${name}, file, yaml: ${error.message}`)
  const blocks: unknown = documents[1]?.toJS()
  const result = topicSchema.safeParse({ ...documents[0]?.toJS(), blocks })
  if (!result.success) {
    for (const issue of result.error.issues) faults.push(`${name}, ${blockOf(issue.path, blocks)}, schema: ${issue.path.join('.')}: ${issue.message}`)
    return undefined
  }
  if (result.data.topic !== basename(name, '.yaml')) faults.push(`${name}, front matter, file-name: the topic is "${result.data.topic}"`)
  return result.data
}

function blockOf(path: readonly PropertyKey[], blocks: unknown): string {
  if (path[0] !== 'blocks' || typeof path[1] !== 'number' || !Array.isArray(blocks)) return 'front matter'
  const block: unknown = blocks[path[1]]
  return typeof block === 'object' && block !== null && 'id' in block ? String(block.id) : `block ${path[1] + 1}`
}
