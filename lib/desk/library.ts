import { type ExpandedBlock, expandBlocks } from '#lib/guidance/rules.ts'
import { buildIndex, type GuidanceIndex, type SearchHit, searchIndex } from '#lib/guidance/search.ts'
import type { Block, ServiceNumber, Source, TopicContent, VersionState } from '#lib/guidance/terms.ts'

export type DeskVersion = {
  versionId: string
  topic: string
  number: number
  state: VersionState
  content: TopicContent
  sources: Record<string, Source>
}

/** The topic that is asked in every call before the first symptom topic. */
export const EMERGENCY_SCREEN = 'emergency-first-screen'

/** Every usable topic in memory, with its index: opening one, finding one and the emergency card wait for no request. */
export class DeskLibrary {
  readonly stamp: string
  readonly versions: readonly DeskVersion[]
  readonly #byTopic: ReadonlyMap<string, DeskVersion>
  readonly #numbers: ReadonlyMap<string, ServiceNumber>
  readonly #index: GuidanceIndex

  constructor(answer: { stamp: string; versions: readonly DeskVersion[]; numbers: readonly ServiceNumber[] }) {
    this.stamp = answer.stamp
    this.versions = answer.versions.toSorted((a, b) => a.content.title.localeCompare(b.content.title))
    this.#byTopic = new Map(answer.versions.map((version) => [version.topic, version]))
    this.#numbers = new Map(answer.numbers.map((number) => [number.key, number]))
    this.#index = buildIndex(answer.versions.map((version) => version.content))
  }

  find(topic: string): DeskVersion | undefined {
    return this.#byTopic.get(topic)
  }

  number(key: string): ServiceNumber | undefined {
    return this.#numbers.get(key)
  }

  /** A topic's blocks in reading order, included questions in their place. */
  blocks(version: DeskVersion): ExpandedBlock[] {
    return expandBlocks(version.content, (topic) => this.#byTopic.get(topic)?.content)
  }

  /** Where a `goTo` leads: the topic, and the block in it where one is named. */
  target(goTo: string): { version: DeskVersion; block: Block | undefined } | undefined {
    const topic = goTo.split('.')[0] ?? goTo
    const version = this.#byTopic.get(topic)
    return version && { version, block: version.content.blocks.find((block) => block.id === goTo) }
  }

  search(query: string, limit = 9): (SearchHit & { version: DeskVersion })[] {
    return searchIndex(this.#index, query, limit).flatMap((hit) => {
      const version = this.#byTopic.get(hit.topic)
      return version ? [{ ...hit, version }] : []
    })
  }
}
