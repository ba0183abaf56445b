/** Urgency tiers, rising: level of care plus time frame. `emergency` is 999 or A&E now. */
export const TIERS = ['routine', 'within-days', 'same-day', 'emergency'] as const
export type Tier = (typeof TIERS)[number]

export const TIER_LABELS: Record<Tier, string> = {
  emergency: 'Emergency: 999 or A&E now',
  'same-day': 'Same day',
  'within-days': 'Within days',
  routine: 'Routine',
}

/** Every safety question can be answered in these three ways. */
export const ANSWERS = ['yes', 'no', 'unsure'] as const
export type Answer = (typeof ANSWERS)[number]

export const TOPIC_KINDS = ['urgent', 'condition', 'treatment', 'medicine', 'support', 'call-handling'] as const
export type TopicKind = (typeof TOPIC_KINDS)[number]

/** `sample`: nobody has approved it; usable only by demo accounts and in practice calls. */
export const VERSION_STATES = ['sample', 'draft', 'published', 'withdrawn', 'retired'] as const
export type VersionState = (typeof VERSION_STATES)[number]

/** What a version's trail may say of a block. `shown` means on the screen, `read-out` that the agent marked it so; never that it was heard. */
export const TRAIL_KINDS = ['opened', 'shown', 'read-out', 'skipped', 'answered', 'undone', 'card-shown', 'screen-skipped', 'closed'] as const
export type TrailKind = (typeof TRAIL_KINDS)[number]

/** Where a statement comes from. `grade`: A national body, B NHS trust, society or charity, C secondary copy. */
export type Source = { title: string; address?: string; seen: string; grade: string }

type Sourced = {
  /** Permanent, unique in the library, `topic.words`. A block whose meaning changes gets a new id. */
  id: string
  /** Keys into the version's sources. */
  sources?: string[]
  /** A safety question, red flag or step that stands without a source until the reviewer finds one. */
  sourceAwaited?: boolean
}

/** What an answer leads to: an act for the agent, and another topic (`sciatica`) or block (`back-pain.cancer`). */
export type Consequence = { do?: string; goTo?: string }

export type SafetyQuestion = Sourced & {
  type: 'safety-question'
  ask: string
  /** The same question in other words, asked once when the first answer is unsure. Every same-day question has one. */
  reworded?: string
  /** Tier of a yes. */
  tier: Tier
  yes: Consequence
  no?: Consequence
  unsure?: Consequence & { tier?: Tier }
  /** Asked only after a yes to that question: a second question that may raise the tier. */
  onlyAfterYes?: string
  /** Which question of the evidence file it carries, e.g. `Q3`. */
  covers?: string[]
}

export type Question = Sourced & {
  type: 'question'
  ask: string
  options: ({ key: string; label: string } & Consequence)[]
  covers?: string[]
}

export type Block =
  | (Sourced & { type: 'say'; text: string })
  | (Sourced & { type: 'check'; text: string })
  | SafetyQuestion
  | Question
  | (Sourced & { type: 'include'; topic: string })
  | (Sourced & { type: 'care-card'; tier: Exclude<Tier, 'routine'>; heading: string; items: string[]; awaiting?: string[] })
  | (Sourced & { type: 'do'; items: string[] })
  | (Sourced & { type: 'do-not'; items: string[] })
  | (Sourced & { type: 'treatment'; heading: string; text: string })
  | (Sourced & { type: 'self-help'; items: string[] })
  | (Sourced & { type: 'signpost'; service: string; text: string; number?: string })
  | (Sourced & { type: 'worsening-advice'; text: string })
  | (Sourced & { type: 'reviewer-note'; text: string })

export type BlockType = Block['type']

/** Blocks an agent may mark as read out. Do and do not are for the agent, and so are never read out. */
export const READABLE: readonly BlockType[] = ['say', 'treatment', 'self-help', 'signpost', 'worsening-advice', 'care-card']

/** A change of position that callers may have heard the older side of. */
export type Change = { when: string; was: string; now: string; sources: string[] }

/** One topic as its file and its version hold it. */
export type TopicContent = {
  topic: string
  title: string
  summary: string
  kind: TopicKind
  /** The emergency screen opens before the call's first topic that asks for it. */
  needsEmergencyScreen: boolean
  /** How callers put it: feelings, everyday names, brand names, misspellings by sound. For search. */
  callersSay: string[]
  /** Months between clinical reviews: 12 for medicines, 24 for the rest, never above 36. */
  reviewMonths: number
  proposedReviewBy: string
  changes: Change[]
  blocks: Block[]
}

/** A number callers may be given: a setting with the day it was last checked. */
export type ServiceNumber = { key: string; service: string; number: string; detail: string; checkedOn: string }
