/** How a screen's server half reaches the API of the same process: Next's bundle holds no SQL, and there is one pool. */
type Fetch = (request: Request) => Response | Promise<Response>

const KEY = Symbol.for('callside.api')

type Holder = { [KEY]?: Fetch }

export function offerToPages(fetch: Fetch) {
  ;(globalThis as Holder)[KEY] = fetch
}

export async function askInProcess(request: Request): Promise<Response> {
  const fetch = (globalThis as Holder)[KEY]
  if (!fetch) throw new Error('the API of this process is not running')
  return fetch(request)
}
