import { ApiProblem } from '#lib/http/client.ts'
import { isWorthWaiting } from './outbox.ts'
import { onResumed } from './session.ts'
import { Store } from './store.ts'

/** Milliseconds of quiet before what was typed is saved. */
const QUIET_MS = 600
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000

export type SaveStatus = 'saved' | 'saving' | 'unsaved'
export type Conflict<F> = { mine: Partial<F>; theirs: F; version: number }
export type SaveState<F> = { status: SaveStatus; savedAt: Date | null; conflict: Conflict<F> | null; fault: string | null }

type Versioned<F> = { fields: F; version: number }

export type AutosaveOptions<F> = Versioned<F> & {
  /** Sends a change made from a version; answers the row after it. A stale version rejects with `current` in the problem. */
  save(patch: Partial<F>, version: number, key: string): Promise<unknown>
  /** The fields and version of a row the server sent. */
  read(row: unknown): Versioned<F>
}

/**
 * Saves fields a moment after the last change, one request at a time, each with a key that all its tries share. A change somebody
 * else made to another field is taken over; to the same field it becomes a conflict that a person settles. Nothing is ever discarded by itself.
 */
export class Autosave<F extends Record<string, unknown>> {
  readonly values: Store<F>
  readonly state = new Store<SaveState<F>>({ status: 'saved', savedAt: null, conflict: null, fault: null })
  readonly #options: AutosaveOptions<F>
  #base: F
  #version: number
  #dirty = new Set<keyof F>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #isSending = false
  #wake: () => void = () => undefined

  constructor(options: AutosaveOptions<F>) {
    this.#options = options
    this.#base = options.fields
    this.#version = options.version
    this.values = new Store(options.fields)
    onResumed(() => this.hurry())
    if (typeof window !== 'undefined') window.addEventListener('online', () => this.hurry())
  }

  /** Takes a change at once and saves it when typing pauses. */
  set(patch: Partial<F>) {
    this.values.set({ ...this.values.get(), ...patch })
    for (const field of Object.keys(patch)) this.#dirty.add(field)
    this.#tell({ status: this.#isSending ? 'saving' : 'unsaved' })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), QUIET_MS)
  }

  /** True while something typed is not on the server. */
  isDirty(): boolean {
    return this.#dirty.size > 0
  }

  hurry() {
    this.#wake()
  }

  /** A row that came from elsewhere: fields that were not touched here follow it. */
  follow(row: Versioned<F>) {
    if (row.version <= this.#version || this.#isSending || this.state.get().conflict) return
    if (this.#dirty.size > 0) return
    this.#base = row.fields
    this.#version = row.version
    this.values.set(row.fields)
  }

  /** Saves now. Resolves when everything is on the server, or a person has to decide, or the server refused. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#isSending || this.state.get().conflict) return
    this.#isSending = true
    try {
      while (this.#dirty.size > 0 && !this.state.get().conflict) if (!(await this.#sendOnce())) break
    } finally {
      this.#isSending = false
    }
  }

  async #sendOnce(): Promise<boolean> {
    const fields = [...this.#dirty]
    const values = this.values.get()
    const patch = Object.fromEntries(fields.map((field) => [field, values[field]])) as Partial<F>
    const key = crypto.randomUUID()
    this.#tell({ status: 'saving', fault: null })
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        this.#accept(patch, this.#options.read(await this.#options.save(patch, this.#version, key)))
        return true
      } catch (error) {
        if (error instanceof ApiProblem && error.type === 'version-stale') return this.#meet(patch, error.more.current)
        if (!isWorthWaiting(error)) {
          this.#tell({ status: 'unsaved', fault: error instanceof ApiProblem ? (error.detail ?? error.message) : 'Something went wrong in Callside' })
          return false
        }
        this.#tell({ status: 'unsaved' })
        await this.#pause(wait)
      }
    }
  }

  #accept(patch: Partial<F>, row: Versioned<F>) {
    const now = this.values.get()
    for (const field of Object.keys(patch) as (keyof F)[]) if (Object.is(now[field], patch[field])) this.#dirty.delete(field)
    this.#base = row.fields
    this.#version = row.version
    this.#tell({ status: this.#dirty.size > 0 ? 'saving' : 'saved', savedAt: new Date(), fault: null })
  }

  /** Somebody saved first. Only a field that both changed, to different ends, needs a person. */
  #meet(patch: Partial<F>, current: unknown): boolean {
    const theirs = this.#options.read(current)
    const clashes = (Object.keys(patch) as (keyof F)[]).filter(
      (field) => !Object.is(theirs.fields[field], this.#base[field]) && !Object.is(theirs.fields[field], patch[field]),
    )
    if (clashes.length > 0) {
      const mine = Object.fromEntries(clashes.map((field) => [field, patch[field]])) as Partial<F>
      this.#tell({ status: 'unsaved', conflict: { mine, theirs: theirs.fields, version: theirs.version } })
      return false
    }
    this.#base = theirs.fields
    this.#version = theirs.version
    this.values.set({ ...theirs.fields, ...this.#changes() })
    return true
  }

  #changes(): Partial<F> {
    const values = this.values.get()
    return Object.fromEntries([...this.#dirty].map((field) => [field, values[field]])) as Partial<F>
  }

  /** Settles a conflict with these values, which may be mine, theirs or both; what else was typed stays. */
  settle(chosen: Partial<F>) {
    const { conflict } = this.state.get()
    if (!conflict) return
    this.#base = conflict.theirs
    this.#version = conflict.version
    const values = { ...conflict.theirs, ...this.#changes(), ...chosen }
    for (const field of Object.keys(chosen) as (keyof F)[])
      if (Object.is(values[field], conflict.theirs[field])) this.#dirty.delete(field)
      else this.#dirty.add(field)
    this.values.set(values)
    // With nothing of mine left to save, what is shown is what the server has.
    this.#tell({ conflict: null, ...(this.#dirty.size > 0 ? { status: 'unsaved' } : { status: 'saved', savedAt: new Date() }) })
    void this.flush()
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

  #tell(change: Partial<SaveState<F>>) {
    this.state.set({ ...this.state.get(), ...change })
  }
}
