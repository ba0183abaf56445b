import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { type ApiClient, ApiProblem, makeClient, unwrap } from './client.ts'
import { askInProcess } from './page-door.ts'

/** The API for a screen's server half: in this process, with the cookie of the request. */
export async function pageApi(): Promise<ApiClient> {
  const cookie = (await cookies()).toString()
  return makeClient('http://in-process', (input, init) => {
    const request = new Request(input, init)
    request.headers.set('cookie', cookie)
    return askInProcess(request)
  })
}

export type Me = Awaited<ReturnType<typeof findMe>>

async function findMe() {
  const client = await pageApi()
  return unwrap(client.me.$get())
}

/** Who is signed in, or the sign-in page. Every page calls this first, itself. */
export async function requireActor(): Promise<Me> {
  try {
    return await findMe()
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) redirect('/sign-in')
    throw error
  }
}
