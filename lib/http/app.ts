import { OpenAPIHono } from '@hono/zod-openapi'
import { compress } from 'hono/compress'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { authRoutes } from '#lib/access/routes.ts'
import { callRoutes } from '#lib/calls/routes.ts'
import { escalationRoutes } from '#lib/escalations/routes.ts'
import { guidanceRoutes } from '#lib/guidance/routes.ts'
import { helplineRoutes } from '#lib/helpline/routes.ts'
import { peopleRoutes } from '#lib/people/routes.ts'
import { type Problem, Refusal } from '#lib/refusal.ts'
import { bodyWithin, utf8Only } from './bodies.ts'
import { isBusy } from './database-errors.ts'
import { healthRoutes } from './health.ts'
import type { House, HouseEnv } from './house.ts'
import { liveRoutes } from './live.ts'

/** Longest body of any request: a note of 50,000 characters and room to spare. */
const BODY_MAX_BYTES = 512 * 1024

const rooms = new OpenAPIHono<HouseEnv>()
  .route('/', peopleRoutes)
  .route('/', helplineRoutes)
  .route('/', guidanceRoutes)
  .route('/', callRoutes)
  .route('/', escalationRoutes)

/** The typed client is made from this: types only. */
export type Api = typeof rooms

/**
 * Refuses a write that a browser sends from another site, by both headers a page cannot forge. A program sends neither, and has
 * no cookie it was not given; the key that every write needs is a header no plain form can send.
 */
const ownSiteOnly = createMiddleware<HouseEnv>(async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const isOther = (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && hostOf(origin) !== c.req.header('host'))
    if (isOther) throw new Refusal('not-allowed', 'That request came from another site')
  }
  await next()
})

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null)

function send(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), { status: problem.status, headers: { 'content-type': 'application/problem+json', ...headers } })
}

/** The whole API of one process: every room behind the one door. */
export function createApp(house: House) {
  const app = new OpenAPIHono<HouseEnv>()
  app.use(async (c, next) => {
    const began = performance.now()
    c.set('house', house)
    c.set('requestId', c.req.header('x-request-id')?.slice(0, 64) ?? crypto.randomUUID())
    await next()
    c.header('x-request-id', c.var.requestId)
    c.header('cache-control', 'no-store')
    // The route's pattern, never its address: ids aside, an address could hold what somebody typed.
    const { requestId, actor } = c.var
    house.log.info(
      { requestId, method: c.req.method, route: routePath(c, -1), status: c.res.status, ms: Math.round(performance.now() - began), actor: actor?.id },
      'request',
    )
  })
  app.use('/api/*', bodyWithin(BODY_MAX_BYTES))
  app.use('/api/v1/*', ownSiteOnly, utf8Only)
  // The one large answer, and nothing in it is anybody's.
  app.use('/api/v1/guidance/library', compress())
  app.route('/api/health', healthRoutes)
  app.route('/api/auth', authRoutes)
  app.route('/api/v1', liveRoutes)
  app.route('/api/v1', rooms)
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'callside.session' })
  app.doc31('/api/v1/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Callside', version: '1', description: 'A helpline call, its guidance trail, its recording ledger and its escalations.' },
  })
  app.notFound(() => send(new Refusal('not-found').toProblem()))
  app.onError((error, c) => {
    if (error instanceof Refusal) return send(error.toProblem(), error.code === 'busy' ? { 'retry-after': '1' } : {})
    if (error instanceof HTTPException) return send(new Refusal('bad-request', 'The body is not JSON').toProblem())
    if (isBusy(error)) {
      house.log.warn({ err: summary(error), requestId: c.var.requestId }, 'the database did not answer in time')
      return send(new Refusal('busy').toProblem(), { 'retry-after': '1' })
    }
    house.log.error({ err: summary(error), requestId: c.var.requestId, path: c.req.routePath, method: c.req.method }, 'defect')
    return send({ type: '/problems/defect', title: 'Something went wrong in Callside', status: 500, requestId: c.var.requestId })
  })
  return app
}

/** An error for the log: type, code and place, but no message of a query, which could hold what somebody typed. */
function summary(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const cause =
    error.cause instanceof Error
      ? // The database's own words may quote a value: its code is enough.
        'code' in error.cause
        ? { type: error.cause.name, code: error.cause.code }
        : { type: error.cause.name, message: error.cause.message }
      : undefined
  return { type: error.name, message: error.message.startsWith('Failed query') ? 'a query failed' : error.message, stack: stackOf(error), cause }
}

const stackOf = (error: Error) =>
  error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
    .join('\n')
