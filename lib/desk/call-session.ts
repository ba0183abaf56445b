import { type CallerRelation, type DangerSigns, LIVE_STATES } from '#lib/calls/terms.ts'
import { consequenceOf, higherTier, isAtLeast, needsRewording, tierOfAnswer } from '#lib/guidance/rules.ts'
import type { Answer, Block, SafetyQuestion, Tier, TrailKind } from '#lib/guidance/terms.ts'
import { type ApiClient, api, unwrap, writeHeaders } from '#lib/http/client.ts'
import type { RecordingEventKind } from '#lib/recordings/terms.ts'
import { Autosave } from './autosave.ts'
import { type DeskLibrary, type DeskVersion, EMERGENCY_SCREEN } from './library.ts'
import { Outbox } from './outbox.ts'
import { Store } from './store.ts'
import { openTierOf, REWORDED, rewordedOf, type TrailEntry } from './trail.ts'

const getCall = (client: ApiClient, id: string) => unwrap(client.calls[':id'].$get({ param: { id } }))
/** One call with its ledgers, as the API gives it. */
export type CallRecord = Awaited<ReturnType<typeof getCall>>

export type CallFields = { notes: string; caller: CallerRelation | null; dispositionCode: string | null; dangerSigns: DangerSigns | null }

/** What the guidance pane shows: a topic, and where to go once the emergency screen is clear. */
export type OpenTopic = { topic: string; consultationId: string; versionId: string; focusBlock?: string | undefined; next?: string | undefined }

/** Why the emergency card is up: the agent's key, or the question whose answer brought it. */
export type CardCause = { question: string | null; answer: Answer | null; act: string | null; goTo: string | null }

const readFields = (row: Pick<CallRecord, keyof CallFields | 'version'>) => ({
  fields: { notes: row.notes, caller: row.caller, dispositionCode: row.dispositionCode, dangerSigns: row.dangerSigns },
  version: row.version,
})

type Happened = { kind: Exclude<TrailKind, 'opened'>; versionId: string; blockId?: string; answer?: Answer; detail?: string }

const SHOWN_WAIT_MS = 1_000
const SETTLE_MS = 4_000

/**
 * One call on this desk. Everything shows at once from memory; the trail, the ledger and escalations follow to the server in order.
 * Without a record (no call is open) guidance can be read, and nothing is kept.
 */
export class CallSession {
  readonly id: string | null
  readonly outbox = new Outbox()
  readonly fields: Autosave<CallFields> | null
  readonly trail = new Store<readonly TrailEntry[]>([])
  readonly open = new Store<OpenTopic | null>(null)
  readonly card = new Store<CardCause | null>(null)
  readonly #startedAt: number
  #shown = new Set<string>()
  /** The highest tier of the escalation that is open, as far as this desk knows. */
  #openTier: Tier | null = null
  readonly #forms = new Set<{ flush(): Promise<void>; isDirty(): boolean }>()
  #batch: (Happened & { happenedAt: number })[] = []
  #batchTimer: ReturnType<typeof setTimeout> | undefined

  constructor(record: CallRecord | null) {
    this.id = record?.id ?? null
    this.#startedAt = performance.now() - (record ? Date.parse(record.now) - Date.parse(record.startedAt) : 0)
    this.fields = record ? this.#autosave(record) : null
    if (record) this.#restore(record)
  }

  #autosave(record: CallRecord): Autosave<CallFields> {
    return new Autosave<CallFields>({
      ...readFields(record),
      save: (patch, version, key) => unwrap(api.calls[':id'].$patch({ param: { id: record.id }, header: writeHeaders(key, version), json: patch })),
      read: (row) => readFields(row as CallRecord),
    })
  }

  /** After a reload the trail comes back from the server, with the topic that was open. */
  #restore(record: CallRecord) {
    this.trail.set(record.trail)
    for (const entry of record.trail) if (entry.kind === 'shown' && entry.blockId) this.#shown.add(`${entry.consultationId}:${entry.blockId}`)
    const last = record.consultations.at(-1)
    const isClosed = record.trail.some((entry) => entry.kind === 'closed' && entry.consultationId === last?.id)
    this.#openTier = openTierOf(record)
    // An open emergency comes back before anything else.
    if (this.#openTier === 'emergency' && LIVE_STATES.includes(record.state)) this.card.set({ question: null, answer: null, act: null, goTo: null })
    if (last && !isClosed) this.open.set({ topic: last.topic, consultationId: last.id, versionId: last.versionId })
  }

  /** The same call as the server now has it, for what another tab or device did. */
  follow(record: CallRecord) {
    this.fields?.follow(readFields(record))
    if (this.outbox.state.get().waiting > 0) return
    this.#openTier = openTierOf(record)
    if (record.trail.length > this.trail.get().length) this.trail.set(record.trail)
  }

  /** Whole seconds since the call began, by this desk's monotonic clock from the database's start. */
  seconds(): number {
    return Math.max(0, Math.floor((performance.now() - this.#startedAt) / 1000))
  }

  /** Sends everything that waits. Rejects when it is not on the server within a few seconds. */
  async settleAll(): Promise<void> {
    const open = this.open.get()
    if (open) this.#sendBatch(open.consultationId)
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('Not everything is saved yet')), SETTLE_MS))
    await Promise.race([Promise.all([this.fields?.flush(), this.#flushForms(), this.outbox.settled()]), late])
    if (this.isUnsaved()) throw new Error('Not everything is saved yet')
  }

  /** True while something typed or done is not on the server. */
  isUnsaved(): boolean {
    return [this.fields, ...this.#forms].some((form) => form?.isDirty()) || this.#batch.length > 0 || this.outbox.state.get().waiting > 0
  }

  /** An escalation's form belongs to the call: what is typed there is saved before the call is finished. Returns what takes it away. */
  holdForm(form: { flush(): Promise<void>; isDirty(): boolean }): () => void {
    this.#forms.add(form)
    return () => {
      void form.flush()
      if (!form.isDirty()) this.#forms.delete(form)
    }
  }

  async #flushForms(): Promise<void> {
    await Promise.all([...this.#forms].map((form) => form.flush()))
  }

  /** Ends this desk's part: nothing more is sent. */
  close() {
    this.outbox.close()
  }

  record(kind: RecordingEventKind, reason?: string) {
    const { id } = this
    if (!id) return Promise.resolve(null)
    return this.outbox.add('the recording ledger', (headers) =>
      unwrap(api.calls[':id']['recording-events'].$post({ param: { id }, header: headers, json: { kind, ...(reason ? { reason } : {}) } })),
    )
  }

  /**
   * Opens a topic. Before the call's first topic about a symptom or a medicine the emergency screen opens instead, and leads on to it.
   */
  openTopic(library: DeskLibrary, version: DeskVersion, focusBlock?: string) {
    const screen = library.find(EMERGENCY_SCREEN)
    if (version.content.needsEmergencyScreen && screen && !this.hasScreened()) return this.#openConsultation(screen, undefined, version.topic)
    return this.#openConsultation(version, focusBlock)
  }

  /** True once the emergency screen was opened to its end, or skipped by a recorded act. */
  hasScreened(): boolean {
    return this.id === null || this.trail.get().some((entry) => entry.kind === 'screen-skipped' || (entry.kind === 'closed' && entry.detail === 'screen-clear'))
  }

  #openConsultation(version: DeskVersion, focusBlock?: string, next?: string) {
    const before = this.open.get()
    if (before) this.#sendBatch(before.consultationId)
    this.card.set(null)
    const consultationId = crypto.randomUUID()
    this.open.set({ topic: version.topic, consultationId, versionId: version.versionId, focusBlock, next })
    this.#remember({ kind: 'opened', consultationId, versionId: version.versionId, blockId: null, answer: null, detail: null })
    const { id } = this
    if (!id) return
    this.#send('the guidance trail', (headers) =>
      unwrap(
        api.calls[':id'].consultations.$post({
          param: { id },
          header: headers,
          json: { topic: version.topic, id: consultationId, versionId: version.versionId },
        }),
      ),
    )
  }

  /** The screen is clear: on to the topic that waited for it. */
  leaveScreen(library: DeskLibrary) {
    this.#add({ kind: 'closed', detail: 'screen-clear' })
    this.#goOn(library)
  }

  /** Leaves the screen unasked, which the record shows with its reason. */
  skipScreen(library: DeskLibrary, reason: string) {
    this.#add({ kind: 'screen-skipped', detail: reason })
    this.#goOn(library)
  }

  #goOn(library: DeskLibrary) {
    const next = this.open.get()?.next
    const version = next ? library.find(next) : undefined
    if (version) this.#openConsultation(version)
    else this.open.set(null)
  }

  closeTopic() {
    if (this.open.get()) this.#add({ kind: 'closed' })
    this.open.set(null)
  }

  /**
   * Answers a safety question. A first unsure at same-day only puts the question in other words. Returns the tier reached;
   * at emergency the card is up before anything is sent.
   */
  answer(question: SafetyQuestion, from: DeskVersion, answer: Answer, detail?: string): Tier | 'reworded' | null {
    if (needsRewording(question, answer, rewordedOf(this.trail.get()).has(question.id))) {
      this.#add({ kind: 'shown', blockId: question.id, versionId: from.versionId, detail: REWORDED })
      return 'reworded'
    }
    const tier = tierOfAnswer(question, answer)
    const then = consequenceOf(question, answer)
    if (tier === 'emergency') this.card.set({ question: question.ask, answer, act: then.do ?? null, goTo: then.goTo ?? null })
    this.#add({ kind: 'answered', blockId: question.id, versionId: from.versionId, answer, detail })
    if (tier && isAtLeast(tier, 'same-day')) this.#openTier = this.#openTier ? higherTier(this.#openTier, tier) : tier
    return tier
  }

  choose(blockId: string, from: DeskVersion, option: string) {
    this.#add({ kind: 'answered', blockId, versionId: from.versionId, detail: option })
  }

  /** Takes an answer or a mark back; the trail keeps both, and urgency does not fall. */
  undo(blockId: string, from: DeskVersion) {
    this.#add({ kind: 'undone', blockId, versionId: from.versionId })
  }

  mark(block: Block, from: DeskVersion, kind: 'read-out' | 'skipped') {
    this.#add({ kind, blockId: block.id, versionId: from.versionId })
  }

  /** A block came into view; once for each consultation. */
  show(blockId: string, from: DeskVersion) {
    const open = this.open.get()
    const key = `${open?.consultationId}:${blockId}`
    if (!open || this.#shown.has(key)) return
    this.#shown.add(key)
    this.#add({ kind: 'shown', blockId, versionId: from.versionId })
  }

  /** The emergency card, at the agent's word: from memory and at once; the escalation follows. */
  raiseFlag() {
    if (this.card.get()) return
    this.card.set({ question: null, answer: null, act: null, goTo: null })
    if (this.open.get()) this.#add({ kind: 'card-shown' })
    if (this.#openTier !== 'emergency') this.escalate('emergency')
  }

  /** A flag raised before the call was here goes with it: the card stays up, and now it opens an escalation. */
  adopt(card: CardCause | null) {
    if (!card) return
    this.card.set(card)
    if (this.#openTier !== 'emergency') this.escalate('emergency')
  }

  escalate(urgency: 'emergency' | 'same-day') {
    const { id } = this
    if (!id) return
    this.#openTier = urgency
    // An outcome that was just given belongs to the escalation before this one.
    this.#send('the escalation', async (headers) => {
      await this.#flushForms()
      return unwrap(api.calls[':id'].escalations.$post({ param: { id }, header: headers, json: { urgency } }))
    })
  }

  /** The open escalation got its outcome: a further flag opens a new one. */
  settle() {
    this.#openTier = null
  }

  lowerCard() {
    this.card.set(null)
  }

  #add(entry: { kind: Exclude<TrailKind, 'opened'>; blockId?: string; versionId?: string; answer?: Answer; detail?: string | undefined }) {
    const open = this.open.get()
    if (!open) return
    const { consultationId } = open
    const { kind, blockId, answer, detail, versionId = open.versionId } = entry
    this.#remember({ kind, consultationId, versionId, blockId: blockId ?? null, answer: answer ?? null, detail: detail ?? null })
    if (!this.id) return
    const happened = { kind, versionId, ...(blockId ? { blockId } : {}), ...(answer ? { answer } : {}), ...(detail ? { detail } : {}) }
    this.#batch.push({ ...happened, happenedAt: performance.now() })
    // What merely came into view may wait a second for company; an act never waits.
    if (kind === 'shown' && !detail) this.#batchTimer ??= setTimeout(() => this.#sendBatch(consultationId), SHOWN_WAIT_MS)
    else this.#sendBatch(consultationId)
  }

  #sendBatch(consultationId: string) {
    clearTimeout(this.#batchTimer)
    this.#batchTimer = undefined
    const { id } = this
    const now = performance.now()
    const events = this.#batch.splice(0).map(({ happenedAt, ...event }) => ({ ...event, agoMs: Math.round(now - happenedAt) }))
    if (!id || events.length === 0) return
    this.#send('the guidance trail', (headers) =>
      unwrap(api.calls[':id'].consultations[':consultationId'].events.$post({ param: { id, consultationId }, header: headers, json: { events } })),
    )
  }

  /** What is refused is shown by the outbox itself. */
  #send(label: string, send: Parameters<Outbox['add']>[1]) {
    this.outbox.add(label, send).catch(() => undefined)
  }

  #remember(entry: TrailEntry) {
    this.trail.set([...this.trail.get(), entry])
  }
}
