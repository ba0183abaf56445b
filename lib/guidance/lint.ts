import { isAtLeast } from './rules.ts'
import type { Block, SafetyQuestion, ServiceNumber, Source, TopicContent } from './terms.ts'

/** What is wrong, where, and by which house rule. */
export type Fault = { topic: string; block: string; rule: string; message: string }

export type Library = {
  topics: readonly TopicContent[]
  sources: Readonly<Record<string, Source>>
  numbers: readonly ServiceNumber[]
}

const FACT_TYPES: readonly Block['type'][] = ['say', 'safety-question', 'care-card', 'treatment', 'self-help', 'worsening-advice', 'signpost']

/** Every fault of a library by the house rules for content. An empty list means it may be imported. */
export function lintLibrary(library: Library): Fault[] {
  const topics = new Set(library.topics.map((topic) => topic.topic))
  const ids = new Map<string, string>()
  const faults: Fault[] = []
  const refs: Refs = {
    topics,
    ids,
    numbers: new Set(library.numbers.map((each) => each.key)),
    sources: new Set(Object.keys(library.sources)),
    including: new Set(library.topics.filter((topic) => topic.blocks.some((block) => block.type === 'include')).map((topic) => topic.topic)),
  }
  for (const topic of library.topics)
    for (const block of topic.blocks) {
      const other = ids.get(block.id)
      if (other) faults.push({ topic: topic.topic, block: block.id, rule: 'ids-unique', message: `the id is taken by ${other}` })
      ids.set(block.id, topic.topic)
    }
  for (const topic of library.topics) faults.push(...lintTopic(topic, refs))
  return faults
}

type Refs = { topics: Set<string>; ids: Map<string, string>; numbers: Set<string>; sources: Set<string>; including: Set<string> }

function lintTopic(topic: TopicContent, refs: Refs): Fault[] {
  const faults: Fault[] = []
  const fault = (block: string, rule: string, message: string) => faults.push({ topic: topic.topic, block, rule, message })
  for (const block of topic.blocks) {
    if (!block.id.startsWith(`${topic.topic}.`)) fault(block.id, 'ids-named', `the id must start with "${topic.topic}."`)
    for (const source of block.sources ?? []) if (!refs.sources.has(source)) fault(block.id, 'sources-resolve', `source ${source} is not in the list`)
    if (FACT_TYPES.includes(block.type) && !block.sources && !block.sourceAwaited) fault(block.id, 'sources-given', 'name a source, or say sourceAwaited: true')
    for (const target of targetsOf(block))
      if (!refs.topics.has(target) && !refs.ids.has(target)) fault(block.id, 'references-resolve', `"${target}" is neither a topic nor a block`)
    if (block.type === 'include' && refs.including.has(block.topic))
      fault(block.id, 'includes-flat', `${block.topic} includes another topic: include both here, so that no question is lost`)
    lintBlock(block, refs, fault)
  }
  for (const change of topic.changes)
    for (const source of change.sources) if (!refs.sources.has(source)) fault('changes', 'sources-resolve', `source ${source} is not in the list`)
  lintOrder(topic, fault)
  if (topic.blocks.filter((block) => block.type === 'care-card' && block.tier === 'emergency').length > 1)
    fault('care-card', 'one-emergency-card', 'a topic has one emergency card at most')
  return faults
}

type Report = (block: string, rule: string, message: string) => void

function lintBlock(block: Block, refs: Refs, fault: Report) {
  switch (block.type) {
    case 'do-not':
      for (const item of block.items) if (!/^do not\b/i.test(item)) fault(block.id, 'do-not', `"${item}" must start with "do not"`)
      return
    case 'care-card':
      if (!block.heading.endsWith('if:')) fault(block.id, 'care-card-heading', 'the heading must end in "if:"')
      if (block.items.length + (block.awaiting?.length ?? 0) === 0) fault(block.id, 'care-card-items', 'the card is empty')
      return
    case 'safety-question':
      if (block.tier === 'same-day' && !block.reworded) fault(block.id, 'reworded', 'a same-day question needs a second wording for "unsure"')
      if (!block.yes.do && !block.yes.goTo) fault(block.id, 'yes-acts', 'say what a yes leads to')
      if (block.unsure?.tier && isAtLeast(block.tier, 'same-day') && !isAtLeast(block.unsure.tier, block.tier))
        fault(block.id, 'unsure-not-lower', `unsure counts as yes at ${block.tier}`)
      return
    case 'question':
      if (!block.options.some((option) => option.key === 'unsure')) fault(block.id, 'unsure-possible', 'add an option with the key "unsure"')
      return
    case 'signpost':
      if (block.number && !refs.numbers.has(block.number)) fault(block.id, 'numbers-resolve', `number "${block.number}" is not in the settings`)
      return
  }
}

/** Most acute first; safety questions and includes before everything that is read out as advice. */
function lintOrder(topic: TopicContent, fault: Report) {
  let last: SafetyQuestion | undefined
  let advice: string | undefined
  for (const block of topic.blocks) {
    if (block.type === 'treatment' || block.type === 'self-help' || block.type === 'signpost') advice ??= block.id
    if (block.type !== 'safety-question' && block.type !== 'include') continue
    if (advice) fault(block.id, 'safety-first', `stands after ${advice}`)
    if (block.type === 'include' || block.onlyAfterYes) continue
    if (last && isAtLeast(block.tier, last.tier) && block.tier !== last.tier) fault(block.id, 'acuity-order', `is more acute than ${last.id} before it`)
    last = block
  }
}

function targetsOf(block: Block): string[] {
  const targets: (string | undefined)[] =
    block.type === 'safety-question'
      ? [block.yes.goTo, block.no?.goTo, block.unsure?.goTo, block.onlyAfterYes]
      : block.type === 'question'
        ? block.options.map((option) => option.goTo)
        : block.type === 'include'
          ? [block.topic]
          : []
  return targets.filter((target) => target !== undefined)
}
