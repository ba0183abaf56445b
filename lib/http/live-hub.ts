import pg from 'pg'
import type { Logger } from 'pino'
import { withBoundedWaits } from '#db/client.ts'

/** One change, as the audit trigger tells it at commit: ids only. */
export type LiveEvent = { position: number; kind: string; id: string | null; person: string | null; team: string | null }

type Listener = (event: LiveEvent) => void

const RETRY_MS = 1_000

/** Listens to Postgres once for the process and tells every open stream. Listens again by itself after the connection is lost, and then ends the streams. */
export class LiveHub {
  readonly #url: string
  readonly #log: Logger
  readonly #listeners = new Set<Listener>()
  readonly #closers = new Set<() => void>()
  #client: pg.Client | undefined
  #hasGap = false
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(url: string, log: Logger) {
    this.#url = url
    this.#log = log
  }

  async open(): Promise<void> {
    if (this.#closed) return
    const client = new pg.Client({ connectionString: withBoundedWaits(this.#url), keepAlive: true, connectionTimeoutMillis: 2_000 })
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, new Error('the listening connection ended')))
    client.on('notification', (message) => {
      if (message.payload) this.#tell(JSON.parse(message.payload) as LiveEvent)
    })
    try {
      await client.connect()
      await client.query('LISTEN callside')
      this.#client = client
      if (this.#hasGap) this.#endStreams()
      this.#hasGap = false
    } catch (error) {
      this.#lost(client, error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** What was told meanwhile is lost here: each browser comes back with its cursor and catches up. */
  #endStreams() {
    for (const close of [...this.#closers]) close()
  }

  #tell(event: LiveEvent) {
    for (const listener of this.#listeners) listener(event)
  }

  #lost(client: pg.Client, error: Error) {
    if (this.#closed || this.#timer) return
    this.#log.warn({ err: error }, 'live updates lost their connection; trying again')
    this.#client = undefined
    this.#hasGap = true
    client.end().catch(() => undefined)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.open()
    }, RETRY_MS)
    this.#timer.unref()
  }

  /** `onClose` is called when the stream must end: the process is about to stop, or there was a gap. Returns what ends the subscription. */
  subscribe(listener: Listener, onClose: () => void): () => void {
    this.#listeners.add(listener)
    this.#closers.add(onClose)
    if (this.#closed) onClose()
    return () => {
      this.#listeners.delete(listener)
      this.#closers.delete(onClose)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#endStreams()
    await this.#client?.end().catch(() => undefined)
  }
}
