import { type Answer, type Block, type Consequence, type SafetyQuestion, TIERS, type Tier, type TopicContent } from './terms.ts'

const rank = (tier: Tier) => TIERS.indexOf(tier)

/** The higher of two tiers. A call's urgency only ever rises. */
export function higherTier(a: Tier, b: Tier): Tier {
  return rank(a) >= rank(b) ? a : b
}

export function isAtLeast(tier: Tier, floor: Tier): boolean {
  return rank(tier) >= rank(floor)
}

/**
 * The tier an answer reaches, or null for a no.
 * Unsure counts as yes at emergency and, after one rewording, at same-day; below that it is within days
 * unless the block says otherwise, and never above what a yes or the block gives.
 * Source: the "cannot be excluded" logic of NHS Pathways as our house rule.
 */
export function tierOfAnswer(question: SafetyQuestion, answer: Answer): Tier | null {
  if (answer === 'no') return null
  if (answer === 'yes') return question.tier
  const stated = question.unsure?.tier
  if (isAtLeast(question.tier, 'same-day')) return stated ? higherTier(question.tier, stated) : question.tier
  return stated ?? question.tier
}

/** True when the agent should put the question once more in other words before unsure is taken as yes. */
export function needsRewording(question: SafetyQuestion, answer: Answer, wasReworded: boolean): boolean {
  return answer === 'unsure' && question.tier === 'same-day' && !wasReworded
}

/** The highest tier of any positive answer, in whatever order they came. */
export function urgencyOf(tiers: readonly (Tier | null)[]): Tier {
  return tiers.reduce<Tier>((highest, tier) => (tier ? higherTier(highest, tier) : highest), 'routine')
}

export type ExpandedBlock = { block: Block; from: string }
export type Lookup = (topic: string) => TopicContent | undefined

/** A topic's blocks in reading order, each include replaced by the safety questions of the topic it names. Reviewer notes are left out. */
export function expandBlocks(content: TopicContent, lookup: Lookup): ExpandedBlock[] {
  return content.blocks.flatMap((block): ExpandedBlock[] => {
    if (block.type === 'reviewer-note') return []
    if (block.type !== 'include') return [{ block, from: content.topic }]
    const included = lookup(block.topic)
    if (!included) return []
    return included.blocks.filter((each) => each.type === 'safety-question').map((each) => ({ block: each, from: included.topic }))
  })
}

/** What an answer leads to. Unsure leads where a yes does, where the block does not say otherwise. */
export function consequenceOf(question: SafetyQuestion, answer: Answer): Consequence {
  if (answer === 'no') return question.no ?? {}
  return answer === 'unsure' ? { ...question.yes, ...question.unsure } : question.yes
}

export type Answers = ReadonlyMap<string, Answer>

/** The safety questions still to be put, in order: a second question only after the yes that leads to it. Empty after an emergency yes. */
export function openQuestions(blocks: readonly ExpandedBlock[], answers: Answers): SafetyQuestion[] {
  const questions = blocks.flatMap(({ block }) => (block.type === 'safety-question' ? [block] : []))
  const stopped = questions.some((question) => {
    const answer = answers.get(question.id)
    return answer !== undefined && tierOfAnswer(question, answer) === 'emergency'
  })
  if (stopped) return []
  return questions.filter((question) => !answers.has(question.id) && isAsked(question, answers))
}

/** A second question is asked only after a yes (or unsure) to the first. */
export function isAsked(question: SafetyQuestion, answers: Answers): boolean {
  if (!question.onlyAfterYes) return true
  const first = answers.get(question.onlyAfterYes)
  return first === 'yes' || first === 'unsure'
}
