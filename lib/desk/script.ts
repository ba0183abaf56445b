import { consequenceOf, isAsked, openQuestions, tierOfAnswer, urgencyOf } from '#lib/guidance/rules.ts'
import type { Answer, Block, SafetyQuestion, Tier } from '#lib/guidance/terms.ts'
import type { DeskLibrary, DeskVersion } from './library.ts'
import { answersOf, marksOf, optionsOf, rewordedOf, type TrailEntry } from './trail.ts'

/** A safety question as it stands in this call. */
export type Asked = {
  kind: 'question'
  block: SafetyQuestion
  /** The version its words come from: an included question keeps its own topic's. */
  from: DeskVersion
  answer: Answer | undefined
  isReworded: boolean
  isNext: boolean
  tier: Tier | null
  act: string | undefined
}

export type Shown = {
  kind: 'block'
  block: Exclude<Block, SafetyQuestion>
  from: DeskVersion
  mark: 'read-out' | 'skipped' | undefined
  option: string | undefined
}

/** A topic as the agent sees it now. */
export type Script = {
  items: (Asked | Shown)[]
  remaining: Asked[] /** Every question still to ask has been on the screen. */
  areAllShown: boolean
  tier: Tier
}

/** A topic's blocks with what was answered and marked so far in the call. A second question stands there only after the yes that leads to it. */
export function scriptOf(library: DeskLibrary, version: DeskVersion, trail: readonly TrailEntry[]): Script {
  const blocks = library.blocks(version)
  const answers = answersOf(trail)
  const [options, marks, reworded] = [optionsOf(trail), marksOf(trail), rewordedOf(trail)]
  const open = openQuestions(blocks, answers)
  const items = blocks.flatMap(({ block, from: topic }): (Asked | Shown)[] => {
    const from = library.find(topic) ?? version
    if (block.type !== 'safety-question') return [{ kind: 'block', block, from, mark: marks.get(block.id), option: options.get(block.id) }]
    if (!isAsked(block, answers)) return []
    const answer = answers.get(block.id)
    return [
      {
        kind: 'question',
        block,
        from,
        answer,
        isReworded: reworded.has(block.id),
        isNext: open[0]?.id === block.id,
        tier: answer ? tierOfAnswer(block, answer) : null,
        act: answer ? consequenceOf(block, answer).do : undefined,
      },
    ]
  })
  const questions = items.filter((item) => item.kind === 'question')
  // What was answered and then changed still counts: the tier only rises.
  const given = trail.flatMap((entry) => {
    const block = entry.kind === 'answered' && entry.answer ? blocks.find((each) => each.block.id === entry.blockId)?.block : undefined
    return block?.type === 'safety-question' && entry.answer ? [tierOfAnswer(block, entry.answer)] : []
  })
  const shown = new Set(trail.flatMap((entry) => (entry.kind === 'shown' && entry.blockId ? [entry.blockId] : [])))
  const openIds = new Set(open.map((question) => question.id))
  const remaining = questions.filter((item) => openIds.has(item.block.id))
  return { items, remaining, areAllShown: remaining.every((item) => shown.has(item.block.id)), tier: urgencyOf(given) }
}

/** Where an answer leads, if it leads anywhere. */
export const leadsTo = (question: SafetyQuestion, answer: Answer): string | undefined => consequenceOf(question, answer).goTo
