import { ApiProblem, writeHeaders } from '#lib/http/client.ts'
import { onResumed } from './session.ts'
import { Store } from './store.ts'

/** Something the server would not take: the agent is told, and nothing pretends that it was kept. */
export type Refused = { key: string; label: string; why: string }
export type OutboxState = { waiting: number; isFailing: boolean; refused: readonly Refused[] }

/** Headers of one try: the key never changes, the delay says how long ago it happened. */
export type TryHeaders = { 'idempotency-key': string; 'callside-delay': string }

type Write = {
  label: string
  key: string
  composedAt: number
  send(headers: TryHeaders): Promise<unknown>
  done(answer: unknown): void
  failed(error: Error): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000
/** A defect of the server's is tried this often; a server that is away, for as long as it takes. */
const DEFECT_TRIES = 4

/** True when the same request may succeed later: no answer, busy, still running, or the session is to be renewed first. */
export function isWorthWaiting(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false
  return error.status === 0 || error.status === 401 || error.status === 429 || error.status === 503 || error.type === 'key-running'
}

/**
 * Sends what happened in a call, in order, each with one key for all its tries. Keeps trying while the server is away or the
 * session is over; sets aside what is refused.
 */
export class Outbox {
  readonly state = new Store<OutboxState>({ waiting: 0, isFailing: false, refused: [] })
  readonly #queue: Write[] = []
  #isSending = false
  #wake: () => void = () => undefined
  #isClosed = false

  constructor() {
    onResumed(() => this.hurry())
    if (typeof window !== 'undefined') window.addEventListener('online', () => this.hurry())
  }

  /** Adds one write; the promise holds the answer, or rejects when it was refused. */
  add<T>(label: string, send: (headers: TryHeaders) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ label, key: crypto.randomUUID(), composedAt: performance.now(), send, done: (answer) => resolve(answer as T), failed: reject })
      this.#tell()
      void this.#drain()
    })
  }

  /** Resolves once nothing waits any more. */
  settled(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const end = this.state.subscribe(() => {
        if (this.state.get().waiting > 0) return
        end()
        resolve()
      })
    })
  }

  /** Tries again now rather than after its wait. */
  hurry() {
    this.#wake()
  }

  close() {
    this.#isClosed = true
    this.#wake()
  }

  forgetRefused() {
    this.state.set({ ...this.state.get(), refused: [] })
  }

  async #drain() {
    if (this.#isSending) return
    this.#isSending = true
    let wait = FIRST_WAIT_MS
    let tries = 0
    while (this.#queue[0] && !this.#isClosed) {
      const write = this.#queue[0]
      try {
        const delay = String(Math.round(performance.now() - write.composedAt))
        const { 'idempotency-key': key } = writeHeaders(write.key)
        write.done(await write.send({ 'idempotency-key': key, 'callside-delay': delay }))
        this.#queue.shift()
        wait = FIRST_WAIT_MS
        tries = 0
        this.#tell(false)
      } catch (error) {
        tries += 1
        const isDefect = error instanceof ApiProblem && error.status >= 500 && error.status !== 503
        if (isWorthWaiting(error) || (isDefect && tries < DEFECT_TRIES)) {
          this.#tell(true)
          await this.#pause(wait)
          wait = Math.min(wait * 2, LONGEST_WAIT_MS)
        } else {
          this.#queue.shift()
          tries = 0
          this.#setAside(write, error)
        }
      }
    }
    this.#isSending = false
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #setAside(write: Write, error: unknown) {
    const why = error instanceof ApiProblem ? (error.detail ?? error.message) : 'Something went wrong in Callside'
    const { refused } = this.state.get()
    this.state.set({ waiting: this.#queue.length, isFailing: false, refused: [...refused, { key: write.key, label: write.label, why }] })
    write.failed(error instanceof Error ? error : new Error(why))
  }

  #tell(isFailing = this.state.get().isFailing) {
    this.state.set({ ...this.state.get(), waiting: this.#queue.length, isFailing: isFailing && this.#queue.length > 0 })
  }
}
