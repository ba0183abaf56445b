import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'
import { LibraryFault, readLibrary } from '#lib/guidance/files.ts'
import type { Library } from '#lib/guidance/lint.ts'
import { isAtLeast, tierOfAnswer } from '#lib/guidance/rules.ts'
import { type SafetyQuestion, TIERS, type TopicContent } from '#lib/guidance/terms.ts'
import type { RequiredQuestion, RequiredRedFlag } from './required/ask.ts'
import { REQUIRED_QUESTIONS, REQUIRED_RED_FLAGS } from './required/every-topic.ts'

const SHIPPED = fileURLToPath(new URL('../../db/seed/guidance', import.meta.url))
const TOPICS = [...new Set(REQUIRED_QUESTIONS.map((required) => required.topic))]

let shipped: Promise<Library> | undefined
/** Read once, inside a test, so that a fault is that test's failure and not the file's. */
function shippedLibrary(): Promise<Library> {
  shipped ??= readLibrary(SHIPPED)
  return shipped
}

async function shippedTopic(topic: string): Promise<TopicContent> {
  const found = (await shippedLibrary()).topics.find((each) => each.topic === topic)
  if (!found) throw new Error(`${topic} is not shipped`)
  return found
}

const safetyQuestions = (topic: TopicContent): SafetyQuestion[] => topic.blocks.filter((block) => block.type === 'safety-question')

/** Faults against the evidence, in the words of the importer: file, block, rule. */
function questionFaults(topic: TopicContent): string[] {
  const required = REQUIRED_QUESTIONS.filter((each) => each.topic === topic.topic)
  const names = [...new Set(required.map((each) => each.question))]
  return names.flatMap((question) =>
    faultsOfQuestion(
      topic,
      question,
      required.filter((each) => each.question === question),
    ),
  )
}

function faultsOfQuestion(topic: TopicContent, question: string, required: RequiredQuestion[]): string[] {
  const file = `${topic.topic}.yaml`
  const carriers = topic.blocks.filter((block) => 'covers' in block && block.covers?.includes(question))
  const brought = required.find((each) => each.broughtBy)?.broughtBy
  if (brought) {
    const included = topic.blocks.some((block) => block.type === 'include' && block.topic === brought)
    return included ? [] : [`${file}, ${question}, question-missing: the set of ${brought} is not included`]
  }
  if (carriers.length === 0) return [`${file}, ${question}, question-missing: no block covers it`]
  const wording = carriers
    .map((block) => ('ask' in block ? block.ask : ''))
    .join(' ')
    .toLowerCase()
  const unnamed = required.flatMap((each) => each.signs).filter((sign) => !namesAny(wording, sign))
  if (unnamed.length > 0) return [`${file}, ${carriers.map((block) => block.id).join(' and ')}, sign-missing: ${question} must name ${unnamed.join(', ')}`]
  const tiers = required.flatMap((each) => each.tier ?? []).sort((a, b) => TIERS.indexOf(b) - TIERS.indexOf(a))
  const lowest = tiers.at(-1)
  if (!lowest) return []
  const asked = carriers.filter((block) => block.type === 'safety-question').sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier))
  return [
    ...asked
      .filter((block) => !isAtLeast(block.tier, lowest))
      .map((block) => `${file}, ${block.id}, tier-lowered: ${question} is ${lowest} in the evidence, here ${block.tier}`),
    ...tiers
      .filter((tier, place) => !isAtLeast(asked[place]?.tier ?? 'routine', tier))
      .map((tier) => `${file}, ${asked[0]?.id ?? question}, tier-lowered: ${question} needs a form at ${tier}`),
    ...tiers.slice(asked.length).map((tier) => `${file}, ${question}, question-missing: its ${tier} form is not asked`),
    ...asked
      .filter((block) => required.some((each) => each.unsure && !isAtLeast(tierOfAnswer(block, 'unsure') ?? 'routine', each.unsure)))
      .map((block) => `${file}, ${block.id}, unsure-lowered: an unsure to ${question} counts higher in the evidence`),
  ]
}

const namesAny = (text: string, words: string) => words.split('|').some((word) => text.includes(word))

function namesRedFlag(topic: TopicContent, flag: RequiredRedFlag): boolean {
  return topic.blocks
    .filter((block) => block.type === 'care-card')
    .filter((card) => isAtLeast(card.tier, flag.tier))
    .flatMap((card) => [...card.items, ...(card.awaiting ?? [])])
    .some((item) => flag.mustMention.every((words) => namesAny(item.toLowerCase(), words)))
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

test.describe('the shipped guidance', () => {
  test('reads without faults and holds every topic of the evidence', async () => {
    const library = await shippedLibrary()
    expect(library.topics.map((topic) => topic.topic)).toEqual(expect.arrayContaining(TOPICS))
    expect(TOPICS).toHaveLength(55)
  })

  for (const topic of TOPICS) {
    test(`${topic} asks every question of the evidence, at its tier or higher`, async () => {
      expect(questionFaults(await shippedTopic(topic))).toEqual([])
    })

    test(`${topic} names every red flag of the evidence in a care card, at its tier or higher`, async () => {
      const content = await shippedTopic(topic)
      const missing = REQUIRED_RED_FLAGS.filter((flag) => flag.topic === topic && !namesRedFlag(content, flag))
      expect(missing.map((flag) => `${flag.tier}: ${flag.mustMention.join(', ')}`)).toEqual([])
    })
  }

  test('says "(unverified)" nowhere', async () => {
    const texts = (await shippedLibrary()).topics.flatMap(textsOf)
    expect(texts.filter((text) => text.includes('(unverified)'))).toEqual([])
  })

  test('starts every do-not item with "do not"', async () => {
    const lists = (await shippedLibrary()).topics.flatMap((topic) => topic.blocks.filter((block) => block.type === 'do-not'))
    expect(lists.length).toBeGreaterThanOrEqual(TOPICS.length)
    expect(lists.flatMap((list) => list.items).filter((item) => !item.toLowerCase().startsWith('do not '))).toEqual([])
  })

  test('counts an unsure to every emergency question as a yes, and to no question as less than its tier', async () => {
    const questions = (await shippedLibrary()).topics.flatMap(safetyQuestions)
    const emergency = questions.filter((question) => question.tier === 'emergency')
    expect(emergency.length).toBeGreaterThan(20)
    expect(emergency.filter((question) => tierOfAnswer(question, 'unsure') !== 'emergency')).toEqual([])
    expect(questions.filter((question) => !isAtLeast(tierOfAnswer(question, 'unsure') ?? 'routine', question.tier))).toEqual([])
  })

  test('opens the emergency screen before every topic about a condition, a treatment or a medicine', async () => {
    const clinical = (await shippedLibrary()).topics.filter((topic) => ['condition', 'treatment', 'medicine'].includes(topic.kind))
    expect(clinical.filter((topic) => !topic.needsEmergencyScreen).map((topic) => topic.topic)).toEqual([])
  })

  test('reviews every medicine yearly', async () => {
    const medicines = (await shippedLibrary()).topics.filter((topic) => topic.kind === 'medicine')
    expect(medicines.map((topic) => topic.reviewMonths)).toEqual(medicines.map(() => 12))
  })
})

test.describe('a broken copy', () => {
  let folder = ''
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guidance-'))
    await cp(SHIPPED, folder, { recursive: true })
  })
  test.afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  async function edit(file: string, from: string | RegExp, to: string) {
    const path = join(folder, file)
    const text = await readFile(path, 'utf8')
    const broken = text.replace(from, to)
    expect(broken, `${file} holds what this test breaks`).not.toBe(text)
    await writeFile(path, broken)
  }

  /** The faults that stop the import; none means that the copy was read. */
  async function importFaults(): Promise<readonly string[]> {
    try {
      await readLibrary(folder)
      return []
    } catch (error) {
      if (error instanceof LibraryFault) return error.faults
      throw error
    }
  }

  async function nsaidsFaults(): Promise<string[]> {
    const topic = (await readLibrary(folder)).topics.find((each) => each.topic === 'nsaids')
    return topic ? questionFaults(topic) : ['nsaids is gone']
  }

  test('is whole before it is broken', async () => {
    expect(await importFaults()).toEqual([])
    expect(await nsaidsFaults()).toEqual([])
  })

  test('that leaves out a question is reported', async () => {
    await edit('nsaids.yaml', 'covers: [Q3]', 'covers: [Q99]')
    expect(await nsaidsFaults()).toEqual([expect.stringMatching(/^nsaids\.yaml, Q3, question-missing: /)])
  })

  test('that lowers a tier is reported', async () => {
    await edit('nsaids.yaml', /(id: nsaids\.allergy\n.*?)tier: emergency/s, '$1tier: same-day\n  reworded: Again?')
    expect(await nsaidsFaults()).toEqual([expect.stringMatching(/^nsaids\.yaml, nsaids\.allergy, tier-lowered: Q1 is emergency/)])
  })

  test('that leaves out the raised form of a two-tier question is reported', async () => {
    await edit('gabapentinoids.yaml', /- type: safety-question\n {2}id: gabapentinoids\.suicidal-intent\n.*?\n\n/s, '')
    const topic = (await readLibrary(folder)).topics.find((each) => each.topic === 'gabapentinoids')
    expect(topic && questionFaults(topic)).toContainEqual(expect.stringMatching(/^gabapentinoids\.yaml, .+, tier-lowered: Q2 needs a form at emergency/))
  })

  test('that leaves out an included set is reported', async () => {
    await edit('spinal-injections-and-surgery.yaml', /- type: include\n.*?\n\n/s, '')
    const topic = (await readLibrary(folder)).topics.find((each) => each.topic === 'spinal-injections-and-surgery')
    expect(topic && questionFaults(topic)).toEqual([expect.stringMatching(/^spinal-injections-and-surgery\.yaml, Q1, question-missing: /)])
  })

  const refused: { name: string; file: string; from: string | RegExp; to: string; fault: RegExp }[] = [
    {
      name: 'whose goTo leads nowhere',
      file: 'paracetamol.yaml',
      from: 'goTo: suicidal-thoughts',
      to: 'goTo: nowhere-at-all',
      fault: /^paracetamol\.yaml, paracetamol\.on-purpose, references-resolve: .*nowhere-at-all/,
    },
    {
      name: 'that includes an unknown topic',
      file: 'spinal-injections-and-surgery.yaml',
      from: 'topic: cauda-equina-syndrome',
      to: 'topic: no-such-topic',
      fault: /^spinal-injections-and-surgery\.yaml, spinal-injections-and-surgery\.cauda-equina, references-resolve: .*no-such-topic/,
    },
    {
      name: 'that uses an id twice',
      file: 'nsaids.yaml',
      from: 'id: nsaids.black-poo',
      to: 'id: nsaids.bleeding',
      fault: /^nsaids\.yaml, nsaids\.bleeding, ids-unique: /,
    },
    {
      name: 'with bad YAML',
      file: 'opioids.yaml',
      from: 'id: opioids.opening',
      to: 'id: "opioids.opening',
      fault: /^opioids\.yaml, file, yaml: /,
    },
    {
      name: 'with a word the format does not know',
      file: 'opioids.yaml',
      from: /(id: opioids\.run-out\n.*?)tier: same-day/s,
      to: '$1tier: tomorrow',
      fault: /^opioids\.yaml, opioids\.run-out, schema: .*tier/,
    },
    {
      name: 'with an unknown source',
      file: 'opioids.yaml',
      from: 'sources: [S58c]',
      to: 'sources: [S999]',
      fault: /^opioids\.yaml, opioids\.side-effects, sources-resolve: source S999/,
    },
    {
      name: 'whose unsure counts less than its yes',
      file: 'nsaids.yaml',
      from: /(id: nsaids\.allergy\n.*?)tier: emergency/s,
      to: '$1tier: emergency\n  unsure: { tier: within-days }',
      fault: /^nsaids\.yaml, nsaids\.allergy, unsure-not-lower: /,
    },
    {
      name: 'that asks a less acute question first',
      file: 'nsaids.yaml',
      from: /(id: nsaids\.bleeding\n.*?)tier: emergency/s,
      to: '$1tier: routine',
      fault: /^nsaids\.yaml, nsaids\.severe-pain, acuity-order: /,
    },
    {
      name: 'whose do-not item allows something',
      file: 'opioids.yaml',
      from: 'Do not say "just stop".',
      to: 'Say "just stop".',
      fault: /^opioids\.yaml, opioids\.do-not, do-not: /,
    },
  ]
  for (const { name, file, from, to, fault } of refused)
    test(`${name} is refused, with file, block and rule`, async () => {
      await edit(file, from, to)
      expect(await importFaults()).toContainEqual(expect.stringMatching(fault))
    })
})
