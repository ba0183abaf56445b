import fc from 'fast-check'
import { expect, test } from 'playwright/test'
import { type Answers, expandBlocks, higherTier, isAsked, isAtLeast, needsRewording, openQuestions, tierOfAnswer, urgencyOf } from '#lib/guidance/rules.ts'
import { ANSWERS, type Answer, type Block, type SafetyQuestion, TIERS, type Tier, type TopicContent } from '#lib/guidance/terms.ts'

const tier = fc.constantFrom(...TIERS)
const answer = fc.constantFrom(...ANSWERS)

/** Any question, also one whose unsure is stated lower than its yes: the rules must not rely on the importer. */
const question: fc.Arbitrary<SafetyQuestion> = fc.record({ tier, unsure: fc.option(tier, { nil: undefined }) }).map((drawn) => ({
  type: 'safety-question',
  id: 'any.question',
  ask: 'Is it so?',
  tier: drawn.tier,
  yes: { do: 'Act.' },
  unsure: unsureOf(drawn.unsure),
}))

const unsureOf = (stated: Tier | undefined) => (stated ? { tier: stated } : undefined)

/** Up to eight questions of one topic. Some are second questions, led to by any other: before or after them, or each by the other. */
function questionsOf(topic: string): fc.Arbitrary<SafetyQuestion[]> {
  const shape = fc.record({ tier, unsure: fc.option(tier, { nil: undefined }), first: fc.option(fc.nat(7), { nil: undefined }) })
  return fc.array(shape, { minLength: 1, maxLength: 8 }).map((shapes) =>
    shapes.map(
      (drawn, place): SafetyQuestion => ({
        type: 'safety-question',
        id: `${topic}.q${place}`,
        ask: 'Is it so?',
        tier: drawn.tier,
        yes: { do: 'Act.' },
        unsure: unsureOf(drawn.unsure),
        onlyAfterYes: drawn.first === undefined || drawn.first % shapes.length === place ? undefined : `${topic}.q${drawn.first % shapes.length}`,
      }),
    ),
  )
}

function topicOf(name: string, blocks: Block[]): TopicContent {
  return {
    topic: name,
    title: name,
    summary: name,
    kind: 'condition',
    needsEmergencyScreen: true,
    callersSay: ['one', 'two', 'three'],
    reviewMonths: 24,
    proposedReviewBy: '2028-11-23',
    changes: [],
    blocks,
  }
}

const SECRET = 'only the reviewer reads this'

/** A topic whose questions stand among other blocks and reviewer notes, which may include the topics named. */
function topicArbitrary(name: string, includes: string[]): fc.Arbitrary<TopicContent> {
  const other = fc.constantFrom<Block['type'][]>('say', 'check', 'reviewer-note', 'include')
  return fc.tuple(questionsOf(name), fc.array(fc.tuple(other, fc.nat()), { maxLength: 8 })).map(([questions, others]) => {
    const blocks: Block[] = [...questions]
    for (const [place, [type, at]] of others.entries())
      blocks.splice(at % (blocks.length + 1), 0, otherBlock(type, `${name}.b${place}`, includes[at % includes.length]))
    return topicOf(name, blocks)
  })
}

function otherBlock(type: Block['type'], id: string, included: string | undefined): Block {
  if (type === 'include' && included) return { type, id, topic: included }
  return type === 'reviewer-note' ? { type, id, text: SECRET } : { type: type === 'check' ? 'check' : 'say', id, text: 'A sentence.' }
}

const expanded = (questions: SafetyQuestion[]) => expandBlocks(topicOf('any', questions), () => undefined)

/** Answers every open question, each time the one that the call happens to put, until none is open. */
function answerAll(questions: SafetyQuestion[], choices: { place: number; answer: Answer }[]): Answers[] {
  const blocks = expanded(questions)
  const answers = new Map<string, Answer>()
  const steps: Answers[] = [new Map(answers)]
  for (const choice of choices) {
    const open = openQuestions(blocks, answers)
    const put = open[choice.place % open.length]
    if (!put) break
    answers.set(put.id, choice.answer)
    steps.push(new Map(answers))
  }
  return steps
}

const choices = fc.array(fc.record({ place: fc.nat(), answer }), { minLength: 8, maxLength: 12 })

const tiersOf = (questions: SafetyQuestion[], answers: Answers) =>
  questions.map((each) => {
    const given = answers.get(each.id)
    return given ? tierOfAnswer(each, given) : null
  })

const idsOf = (questions: SafetyQuestion[]) => questions.map((each) => each.id)

test.describe('urgency', () => {
  test('is the highest tier of any positive answer, in whatever order the answers came', () => {
    const reached = fc.array(fc.option(tier))
    fc.assert(
      fc.property(
        reached.chain((tiers) => fc.tuple(fc.constant(tiers), fc.shuffledSubarray(tiers, { minLength: tiers.length }))),
        ([tiers, shuffled]) => {
          const highest = TIERS.findLast((each) => tiers.includes(each)) ?? 'routine'
          expect(urgencyOf(tiers)).toBe(highest)
          expect(urgencyOf(shuffled)).toBe(highest)
        },
      ),
    )
  })

  test('never falls as answers come in', () => {
    fc.assert(
      fc.property(questionsOf('any'), choices, (questions, drawn) => {
        const urgencies = answerAll(questions, drawn).map((answers) => urgencyOf(tiersOf(questions, answers)))
        for (const [place, urgency] of urgencies.entries()) expect(isAtLeast(urgency, urgencies[place - 1] ?? 'routine')).toBe(true)
      }),
    )
  })

  test('is routine when nothing was answered, and after a no to everything', () => {
    expect(urgencyOf([])).toBe('routine')
    fc.assert(fc.property(fc.array(question), (questions) => urgencyOf(questions.map((each) => tierOfAnswer(each, 'no'))) === 'routine'))
  })
})

test.describe('an answer', () => {
  test('of yes reaches the tier of the question, and of no reaches none', () => {
    fc.assert(
      fc.property(question, (drawn) => {
        expect(tierOfAnswer(drawn, 'yes')).toBe(drawn.tier)
        expect(tierOfAnswer(drawn, 'no')).toBeNull()
      }),
    )
  })

  test('of unsure to an emergency question counts as a yes, whatever the block says', () => {
    fc.assert(fc.property(question, (drawn) => tierOfAnswer({ ...drawn, tier: 'emergency' }, 'unsure') === 'emergency'))
  })

  test('of unsure to a same-day question counts as a yes or more, after one rewording', () => {
    fc.assert(
      fc.property(question, (drawn) => {
        const sameDay: SafetyQuestion = { ...drawn, tier: 'same-day' }
        expect(tierOfAnswer(sameDay, 'unsure')).toBe(higherTier('same-day', drawn.unsure?.tier ?? 'same-day'))
        expect(needsRewording(sameDay, 'unsure', false)).toBe(true)
        expect(needsRewording(sameDay, 'unsure', true)).toBe(false)
      }),
    )
  })

  test('of unsure below same day is the tier of the question unless the block says otherwise', () => {
    fc.assert(
      fc.property(question, fc.constantFrom<Tier[]>('within-days', 'routine'), (drawn, low) => {
        expect(tierOfAnswer({ ...drawn, tier: low }, 'unsure')).toBe(drawn.unsure?.tier ?? low)
      }),
    )
  })

  test('is put in other words only for an unsure, and only to a same-day question', () => {
    fc.assert(
      fc.property(question, answer, fc.boolean(), (drawn, given, wasReworded) => {
        if (given !== 'unsure' || drawn.tier !== 'same-day') expect(needsRewording(drawn, given, wasReworded)).toBe(false)
      }),
    )
  })
})

test.describe('the open questions', () => {
  test('are none once an answer has reached emergency', () => {
    fc.assert(
      fc.property(questionsOf('any'), choices, (questions, drawn) => {
        for (const answers of answerAll(questions, drawn))
          if (urgencyOf(tiersOf(questions, answers)) === 'emergency') expect(openQuestions(expanded(questions), answers)).toEqual([])
      }),
    )
  })

  test('lose the one that is answered, and gain nothing but what a yes or an unsure to it leads to', () => {
    fc.assert(
      fc.property(questionsOf('any'), choices, (questions, drawn) => {
        const steps = answerAll(questions, drawn)
        for (const [place, answers] of steps.entries()) {
          const before = steps[place - 1]
          const answered = [...answers.keys()].at(-1)
          if (!before || !answered) continue
          const was = idsOf(openQuestions(expanded(questions), before))
          const now = openQuestions(expanded(questions), answers)
          expect(idsOf(now)).not.toContain(answered)
          for (const gained of now.filter((each) => !was.includes(each.id))) {
            expect(gained.onlyAfterYes).toBe(answered)
            expect(answers.get(answered)).not.toBe('no')
          }
          const stopped = urgencyOf(tiersOf(questions, answers)) === 'emergency'
          if (!stopped) expect(idsOf(now)).toEqual(expect.arrayContaining(was.filter((id) => id !== answered)))
        }
      }),
    )
  })

  test('come to an end in every call, with each question put once at most', () => {
    fc.assert(
      fc.property(questionsOf('any'), choices, (questions, drawn) => {
        const last = answerAll(questions, drawn).at(-1) ?? new Map()
        expect(last.size).toBeLessThanOrEqual(questions.length)
        expect(openQuestions(expanded(questions), last)).toEqual([])
      }),
    )
  })

  test('stand in the order of the blocks', () => {
    fc.assert(
      fc.property(questionsOf('any'), choices, (questions, drawn) => {
        for (const answers of answerAll(questions, drawn)) {
          const open = idsOf(openQuestions(expanded(questions), answers))
          expect(open).toEqual(idsOf(questions).filter((id) => open.includes(id)))
        }
      }),
    )
  })

  test('leave nothing unasked: without an emergency, all but the second questions of a no are answered', () => {
    fc.assert(
      fc.property(questionsOf('any'), choices, (questions, drawn) => {
        const last = answerAll(questions, drawn).at(-1) ?? new Map<string, Answer>()
        if (urgencyOf(tiersOf(questions, last)) === 'emergency') return
        const unasked = questions.filter((each) => !last.has(each.id))
        expect(unasked.filter((each) => isAsked(each, last))).toEqual([])
        expect(unasked.filter((each) => !each.onlyAfterYes)).toEqual([])
      }),
    )
  })

  test('hold a second question only after a yes or an unsure to the first', () => {
    fc.assert(
      fc.property(question, answer, (drawn, given) => {
        const second: SafetyQuestion = { ...drawn, id: 'any.second', onlyAfterYes: drawn.id }
        expect(isAsked(second, new Map())).toBe(false)
        expect(isAsked(second, new Map([[drawn.id, given]]))).toBe(given !== 'no')
      }),
    )
  })
})

test.describe('a topic opened out', () => {
  const library = fc.tuple(topicArbitrary('one', ['two', 'three', 'missing']), topicArbitrary('two', ['one']), topicArbitrary('three', ['three']))

  test('never shows a reviewer note or an include, and of other topics only their safety questions', () => {
    fc.assert(
      fc.property(library, (topics) => {
        const blocks = expandBlocks(topics[0], (name) => topics.find((topic) => topic.topic === name))
        expect(JSON.stringify(blocks)).not.toContain(SECRET)
        for (const { block, from } of blocks) {
          expect(['reviewer-note', 'include']).not.toContain(block.type)
          if (from !== 'one') expect(block.type).toBe('safety-question')
          expect(block.id.startsWith(`${from}.`)).toBe(true)
        }
      }),
    )
  })

  test('keeps its own blocks in order, and puts every question of an included topic where the include stands', () => {
    fc.assert(
      fc.property(library, (topics) => {
        const expected = topics[0].blocks.flatMap((block) => {
          if (block.type === 'reviewer-note') return []
          if (block.type !== 'include') return [block.id]
          const included = topics.find((topic) => topic.topic === block.topic)
          return (included?.blocks ?? []).filter((each) => each.type === 'safety-question').map((each) => each.id)
        })
        expect(expandBlocks(topics[0], (name) => topics.find((topic) => topic.topic === name)).map(({ block }) => block.id)).toEqual(expected)
      }),
    )
  })
})
