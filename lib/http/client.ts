import { hc } from 'hono/client'
import type { Api } from './app.ts'

/** A problem document from the API, as an error a screen can act on. `status` 0: no answer came. */
export class ApiProblem extends Error {
  readonly status: number
  readonly type: string
  readonly detail: string | undefined
  readonly more: Record<string, unknown>
  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.title === 'string' ? body.title : 'Callside did not answer')
    this.name = 'ApiProblem'
    this.status = status
    this.type = typeof body.type === 'string' ? body.type.replace('/problems/', '') : 'no-answer'
    this.detail = typeof body.detail === 'string' ? body.detail : undefined
    this.more = body
  }
}

/** The typed client, over any fetch. */
export const makeClient = (base: string, fetcher: typeof fetch) => hc<Api>(`${base}/api/v1`, { fetch: fetcher })
export type ApiClient = ReturnType<typeof makeClient>

/** What a page tells the client about itself. */
type PageWatch = { hasRecentInput(): boolean; onSignedOut(): void }
let watch: PageWatch = { hasRecentInput: () => true, onSignedOut: () => undefined }

/** Lets the page say whether a person is at it, and hear that the session has ended. */
export function watchClient(page: PageWatch) {
  watch = page
}

/** The client of the browser. A request that nobody's hand caused says so, and keeps no session alive. */
export const api: ApiClient = makeClient('', async (input, init) => {
  const headers = new Headers(init?.headers)
  if (!watch.hasRecentInput()) headers.set('callside-background', '1')
  const response = await fetch(input, { ...init, headers, credentials: 'same-origin' })
  if (response.status === 401) watch.onSignedOut()
  return response
})

type Answered<R> = R extends { ok: true; json(): Promise<infer T> } ? T : never

/**
 * The JSON of a good answer, or an `ApiProblem`. `request` is called here so that a network failure becomes one too.
 */
export async function unwrap<R extends { ok: boolean; status: number; json(): Promise<unknown> }>(request: Promise<R>): Promise<Answered<R>> {
  let response: R
  try {
    response = await request
  } catch (error) {
    throw new ApiProblem(0, { title: 'Callside cannot be reached', cause: error instanceof Error ? error.message : '' })
  }
  const body: unknown = await response.json().catch(() => undefined)
  // An answer that broke off on its way is none: taken for good it would put nothing in the place of a row.
  if (response.ok && body === undefined) throw new ApiProblem(0, { title: 'Callside cannot be reached', cause: 'the answer broke off' })
  if (!response.ok) throw new ApiProblem(response.status, typeof body === 'object' && body !== null ? { ...body } : {})
  return body as Answered<R>
}

/** Headers of a write: the key makes a repeat harmless; `version` is the one the change was made from. */
export const writeHeaders = (key: string, version?: number) => ({
  'idempotency-key': key,
  ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
})
