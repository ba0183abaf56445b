import type { Tier } from '#lib/guidance/terms.ts'

/**
 * What the evidence asks of each topic. A question of two tiers has an entry for each: the plain form and the raised one.
 * `null`: the evidence gives no tier. `signs`: what the wording must name, `a|b` meaning either.
 * `broughtBy`: the topic whose whole set of questions stands for it.
 * `unsure`: the evidence gives an unsure a higher tier than that of the answer yes.
 */
export type RequiredQuestion = {
  topic: string
  question: string
  tier: Tier | null
  signs: string[]
  broughtBy?: string
  unsure?: Tier
}

/** One sign that a care card must name at its tier or higher. All words stand in one item; `a|b` means either. */
export type RequiredRedFlag = { topic: string; tier: Tier; mustMention: string[] }

type Extras = Pick<RequiredQuestion, 'broughtBy' | 'unsure'>

/** `signs` as words parted by spaces; an underscore stands for a space inside one sign. */
export function ask(topic: string, question: string, tier: Tier | null, signs: string, extras: Extras = {}): RequiredQuestion {
  const words = signs.split(' ').filter((word) => word !== '')
  return { topic, question, tier, signs: words.map((word) => word.replaceAll('_', ' ')), ...extras }
}

/** Signs of one topic's care cards at one tier. */
export const flags = (topic: string, tier: Tier, ...signs: string[][]): RequiredRedFlag[] => signs.map((mustMention) => ({ topic, tier, mustMention }))
