import { AsyncLocalStorage } from 'node:async_hooks'
import type { AuthOptions } from 'next-auth'
import NextAuthModule from 'next-auth'
import CredentialsModule from 'next-auth/providers/credentials'
import { findActor } from '#lib/http/admit.ts'
import type { House } from '#lib/http/house.ts'
import { csrfCookieName, deviceCookieName, isSecure, sessionCookieName } from './cookies.ts'
import { signIn, signOut } from './sign-in.ts'

// Both are CommonJS: Node gives the module's exports as the default.
const NextAuth = unwrap(NextAuthModule)
const Credentials = unwrap(CredentialsModule)

function unwrap<T>(module: T): T {
  return typeof module === 'object' && module !== null && 'default' in module ? (module.default as T) : module
}

/** What one request to next-auth carries beside it, and learns. */
type Visit = {
  path: string
  deviceToken: string | undefined
  sessionToken: string | undefined
  ip: string | null
  newDeviceToken?: string
  waitSeconds?: number
  defect?: unknown
}
const visits = new AsyncLocalStorage<Visit>()

/**
 * Runs our half of a visit. next-auth answers an error with its message in an address, or takes it for a session that has ended:
 * so none reaches it, and the visit ends as any request that fails.
 */
async function carried<T>(work: (visit: Visit) => Promise<T | null>): Promise<T | null> {
  const visit = visits.getStore()
  if (!visit) return null
  try {
    return await work(visit)
  } catch (error) {
    visit.defect = error
    return null
  }
}

const TEN_HOURS = 36_000

/**
 * next-auth behind our own sessions: the cookie is an opaque random token, and the database decides what it is worth.
 * Its stock JWT would still work after sign-out, so both halves of its codec are replaced.
 */
function authOptions(house: House): AuthOptions {
  const { config } = house
  const secure = isSecure(config)
  const cookie = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure }
  return {
    secret: config.authSecret,
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    session: { strategy: 'jwt', maxAge: TEN_HOURS },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: sessionCookieName(config), options: { ...cookie, sameSite: 'strict' } },
      csrfToken: { name: csrfCookieName(config), options: cookie },
      callbackUrl: { name: secure ? '__Host-callside.callback' : 'callside.callback', options: cookie },
    },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (given) =>
          carried(async (visit) => {
            const email = String(given?.email ?? '').slice(0, 200)
            const password = String(given?.password ?? '').slice(0, 1_000)
            if (email === '' || email.includes('\u0000') || password === '') return null
            const { deviceToken, sessionToken, ip } = visit
            const result = await signIn(house.database.db, { email, password, deviceToken, oldSessionToken: sessionToken, ip })
            if (result === 'refused') return null
            if ('waitSeconds' in result) {
              visit.waitSeconds = result.waitSeconds
              return null
            }
            visit.newDeviceToken = result.deviceToken
            return { id: result.personId, sessionToken: result.sessionToken }
          }),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user && 'sessionToken' in user ? { ...token, sessionToken: user.sessionToken } : token),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith('/') ? `${baseUrl}${url}` : new URL(url).origin === baseUrl ? url : baseUrl),
    },
    jwt: {
      maxAge: TEN_HOURS,
      encode: async ({ token }) => String(token?.sessionToken ?? ''),
      decode: ({ token }) =>
        carried(async (visit) => {
          if (!token) return null
          // Signing out revokes whatever the token stands for; asking is answered for a session that stands.
          const isGood = visit.path === 'signout' || (await findActor(house, token, visit.ip, true)) !== undefined
          return isGood ? { sessionToken: token } : null
        }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionToken = token?.sessionToken
        if (typeof sessionToken === 'string') await carried(() => signOut(house.database.db, sessionToken).then(() => null))
      },
    },
    logger: {
      error: (code, metadata) => {
        // A cookie that stands for nothing is no event.
        if (code !== 'JWT_SESSION_ERROR') house.log.warn({ code, reason: metadata instanceof Error ? metadata.name : undefined }, 'next-auth')
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

export type AuthRequest = {
  method: string
  /** The path after `/api/auth/`. */
  path: string
  query: Record<string, string>
  body: Record<string, string>
  cookies: Record<string, string>
  headers: Record<string, string>
  ip: string | null
}

export type AuthAnswer = { status: number; headers: [string, string][]; body: string }

/** Hands one request to next-auth's own handler and takes its answer, without Next. Only the actions the console uses. */
export async function answerAuth(house: House, request: AuthRequest): Promise<AuthAnswer> {
  const { config } = house
  const visit: Visit = {
    path: request.path,
    deviceToken: request.cookies[deviceCookieName(config)],
    sessionToken: request.cookies[sessionCookieName(config)],
    ip: request.ip,
  }
  const answer = new Answer()
  const { ip: _, path, ...rest } = request
  const incoming = { ...rest, query: { ...request.query, nextauth: path.split('/') } }
  // next-auth asks for Next's request and response; these are the members it uses.
  await visits.run(visit, () => NextAuth(incoming as never, answer as never, authOptions(house)))
  if (visit.defect !== undefined) throw visit.defect
  if (visit.waitSeconds !== undefined) return answer.tooMany(visit.waitSeconds)
  if (visit.newDeviceToken) answer.remember(deviceCookieName(config), visit.newDeviceToken, isSecure(config))
  return answer.taken()
}

/** The few members of Next's response that next-auth calls. */
class Answer {
  #status = 200
  #body = ''
  readonly #headers = new Map<string, string[]>()

  status(code: number) {
    this.#status = code
    return this
  }
  getHeader(name: string) {
    return this.#headers.get(name.toLowerCase())
  }
  setHeader(name: string, value: string | string[]) {
    this.#headers.set(name.toLowerCase(), Array.isArray(value) ? value : [value])
    return this
  }
  json(body: unknown) {
    this.setHeader('content-type', 'application/json')
    this.#body = JSON.stringify(body)
    return this
  }
  send(body: unknown) {
    return typeof body === 'string' ? this.end(body) : this.json(body ?? {})
  }
  end(body = '') {
    this.#body = body
    return this
  }
  remember(name: string, token: string, secure: boolean) {
    const cookie = `${name}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000${secure ? '; Secure' : ''}`
    this.#headers.set('set-cookie', [...(this.#headers.get('set-cookie') ?? []), cookie])
  }
  tooMany(waitSeconds: number): AuthAnswer {
    return {
      status: 429,
      headers: [
        ['content-type', 'application/json'],
        ['retry-after', String(waitSeconds)],
      ],
      body: JSON.stringify({ waitSeconds }),
    }
  }
  taken(): AuthAnswer {
    const headers = [...this.#headers].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]))
    return { status: this.#status, headers, body: this.#body }
  }
}
