/** Every endpoint × every identity. The expectation is written here, apart from the roles of the app, so that neither can drift unseen. */
import { createApp } from '#lib/http/app.ts'
import type { House as AppHouse } from '#lib/http/house.ts'
import { ask, send } from '../support/ask.ts'
import { ENDPOINTS, type Endpoint, makeWorld, type World } from '../support/endpoints.ts'
import { type Identity, makeCast } from '../support/identities.ts'
import { fingerprint } from '../support/rows.ts'
import { expect, test } from '../support/test.ts'

/** Who holds which permission. A permission that is not here fails the test. */
const HOLDERS: Record<string, readonly Identity[]> = {
  'signed-in': ['agent', 'second agent', 'agent of another team', 'supervisor', 'supervisor of another team', 'author', 'clinician', 'dpo', 'admin'],
  'guidance:read': ['agent', 'second agent', 'agent of another team', 'supervisor', 'supervisor of another team', 'author', 'clinician', 'dpo', 'admin'],
  'helpline:read': ['agent', 'second agent', 'agent of another team', 'supervisor', 'supervisor of another team', 'author', 'clinician', 'dpo', 'admin'],
  'calls:handle': ['agent', 'second agent', 'agent of another team', 'supervisor', 'supervisor of another team'],
  'calls:read': ['agent', 'second agent', 'agent of another team', 'supervisor', 'supervisor of another team'],
}

/** Whose sessions are none. */
const NOBODY: readonly Identity[] = ['anonymous', 'disabled', 'signed out', 'expired', 'invented cookie']

/** Who else than its agent may read the agent's call. */
const READERS: readonly Identity[] = ['supervisor']

type Operation = { method: string; path: string; permission: unknown }

async function listOperations(house: Parameters<typeof ask>[0]): Promise<Operation[]> {
  const document = await ask(house, 'GET', '/api/v1/openapi.json')
  const paths = document.body.paths as Record<string, Record<string, Record<string, unknown>>>
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, permission: operation['x-permission'] })),
  )
}

function expected(endpoint: Endpoint, permission: string, identity: Identity): string {
  if (permission === 'public') return 'open'
  if (NOBODY.includes(identity)) return '401'
  if (!HOLDERS[permission]?.includes(identity)) return '403'
  if (!endpoint.isAboutCall || identity === 'agent') return 'done'
  return endpoint.method === 'GET' && READERS.includes(identity) ? 'done' : '404'
}

const answered = (status: number) => (status >= 200 && status < 300 ? 'done' : String(status))

async function visit(world: World, endpoint: Endpoint, identity: Identity, change: (path: string) => string = (path) => path, headers = {}) {
  const { path, ...asking } = endpoint.asking(world)
  return ask(world.house, endpoint.method, change(path), { as: world.cast[identity], ...asking, headers })
}

test('every endpoint says its permission, and each permission’s holders are written down here', async ({ house }) => {
  for (const { method, path, permission } of await listOperations(house)) {
    expect(typeof permission, `${method} ${path} has no x-permission`).toBe('string')
    if (permission !== 'public') expect(Object.keys(HOLDERS), `${method} ${path} asks for a permission that nobody is listed for`).toContain(permission)
  }
})

test('every endpoint of the document has its line in the test’s table, and the table holds no other', async ({ house }) => {
  const documented = (await listOperations(house)).map(({ method, path }) => `${method} ${path}`)
  expect(ENDPOINTS.map((endpoint) => `${endpoint.method} /api/v1${endpoint.template}`).sort()).toEqual(documented.sort())
})

test('every route of the app is in the document, or is one of the five that cannot be', async ({ house }) => {
  const documented = (await listOperations(house)).map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
  const app = createApp({ config: house.config } as AppHouse)
  const routes = new Set(app.routes.filter((route) => route.handler.length < 2 || route.method !== 'ALL').map((route) => `${route.method} ${route.path}`))
  const undocumented = [...routes].filter((route) => !documented.includes(route)).sort()
  expect(undocumented).toEqual(['ALL /api/auth/*', 'GET /api/health/live', 'GET /api/health/ready', 'GET /api/v1/live', 'GET /api/v1/openapi.json'])
})

test('the document itself tells nobody about people or calls', async ({ house }) => {
  const document = await ask(house, 'GET', '/api/v1/openapi.json')
  expect(document.status).toBe(200)
  expect(document.body.openapi).toBe('3.1.0')
})

test.describe('each endpoint answers each identity as its role says', () => {
  for (const endpoint of ENDPOINTS)
    test(`${endpoint.method} ${endpoint.template}`, async ({ house }) => {
      const operation = (await listOperations(house)).find((each) => each.method === endpoint.method && each.path === `/api/v1${endpoint.template}`)
      const world = await makeWorld(house, await makeCast(house), endpoint)
      const found: Record<string, string> = {}
      const wanted: Record<string, string> = {}
      // The agent last: an act of theirs changes the call that the others must not reach.
      const identities = (Object.keys(world.cast) as Identity[]).filter((identity) => identity !== 'agent')
      const before = await fingerprint(house.pool)
      for (const identity of identities.filter((each) => expected(endpoint, String(operation?.permission), each) !== 'done')) {
        wanted[identity] = expected(endpoint, String(operation?.permission), identity)
        const reply = await visit(world, endpoint, identity)
        found[identity] = wanted[identity] === 'open' && reply.status === 409 ? 'open' : answered(reply.status)
        expect(Object.keys(reply.body).sort(), 'a refusal says nothing but its problem').not.toContain('id')
      }
      expect(await fingerprint(house.pool), 'whoever was refused changed nothing').toEqual(before)
      for (const identity of [...identities.filter((each) => !(each in found)), 'agent' as const]) {
        wanted[identity] = expected(endpoint, String(operation?.permission), identity)
        const reply = await visit(world, endpoint, identity)
        found[identity] = wanted[identity] === 'open' && reply.status === 409 ? 'open' : answered(reply.status)
      }
      expect(found).toEqual(wanted)
    })
})

const VARIANTS: Record<string, (path: string) => string> = {
  'a double slash at the start': (path) => `/${path}`,
  'a double slash inside': (path) => path.replace('/v1/', '/v1//'),
  'an encoded dot segment': (path) => path.replace('/v1/', '/v1/%2e/'),
  'a climb back': (path) => path.replace('/v1/', '/v1/me/%2e%2e/'),
  'an encoded letter': (path) => path.replace('/api/', '/%61pi/'),
  'an encoded slash': (path) => path.replace('/v1/', '/v1%2f'),
  'a semicolon': (path) => path.replace(/(\?|$)/, ';x=1$1'),
  'the suffix of a page’s data': (path) => path.replace(/(\?|$)/, '.rsc$1'),
  'a segment’s file': (path) => path.replace(/(\?|$)/, '/_tree.segment.rsc$1'),
  'a slash at the end': (path) => path.replace(/(\?|$)/, '/$1'),
  capitals: (path) => path.replace('/api/v1/', '/API/V1/'),
  'a query of a page’s data': (path) => `${path}${path.includes('?') ? '&' : '?'}_rsc=1`,
}

const HEADERS: Record<string, string>[] = [
  { rsc: '1' },
  { 'next-router-prefetch': '1', rsc: '1' },
  { 'next-action': '7f00' },
  { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  { 'x-forwarded-host': 'localhost', 'x-forwarded-for': '127.0.0.1' },
  { 'x-http-method-override': 'GET' },
  { 'x-original-url': '/api/health/live', 'x-rewrite-url': '/api/health/live' },
  { authorization: 'Bearer callside' },
]

test('no spelling of a path opens a door to somebody who has no key', async ({ house }) => {
  const world = await makeWorld(house, await makeCast(house))
  const permissions = new Map((await listOperations(house)).map(({ method, path, permission }) => [`${method} ${path}`, String(permission)]))
  const before = await fingerprint(house.pool)
  for (const endpoint of ENDPOINTS) {
    const permission = permissions.get(`${endpoint.method} /api/v1${endpoint.template}`) ?? ''
    if (permission === 'public') continue
    for (const identity of ['anonymous', 'signed out', 'clinician', 'second agent'] as const) {
      if (expected(endpoint, permission, identity) === 'done') continue
      for (const [name, change] of Object.entries(VARIANTS)) {
        const { status } = await visit(world, endpoint, identity, change)
        expect([400, 401, 403, 404, 422], `${endpoint.method} ${endpoint.template} with ${name} as ${identity}`).toContain(status)
      }
      for (const headers of HEADERS) {
        const { status } = await visit(world, endpoint, identity, undefined, headers)
        expect(String(status), `${endpoint.method} ${endpoint.template} with ${Object.keys(headers)} as ${identity}`).toBe(
          expected(endpoint, permission, identity),
        )
      }
    }
  }
  expect(await fingerprint(house.pool)).toEqual(before)
})

test('the stream of live updates opens for whoever is signed in, and for nobody else by any spelling', async ({ house }) => {
  const cast = await makeCast(house)
  const open = async (identity: Identity, path = '/api/v1/live', headers = {}) => {
    const response = await send(house, 'GET', path, { as: cast[identity], headers })
    response.destroy()
    return response
  }
  for (const identity of Object.keys(cast) as Identity[]) {
    const response = await open(identity)
    expect(response.statusCode, identity).toBe(NOBODY.includes(identity) ? 401 : 200)
    expect(response.headers['content-type'], identity).toContain(NOBODY.includes(identity) ? 'application/problem+json' : 'text/event-stream')
  }
  for (const identity of NOBODY) {
    for (const change of Object.values(VARIANTS)) expect([401, 404], identity).toContain((await open(identity, change('/api/v1/live'))).statusCode)
    for (const headers of HEADERS) expect((await open(identity, undefined, headers)).statusCode, identity).toBe(401)
  }
})

test('of next-auth only csrf, session, providers, the credentials and sign-out answer', async ({ house }) => {
  const { agent } = await makeCast(house)
  const actions = [
    '',
    'signin',
    'signin/credentials',
    'signout',
    'error',
    'verify-request',
    'callback',
    'callback/github',
    'callback/credentials',
    '_log',
    'csrf/x',
    'session/',
  ]
  for (const action of actions)
    for (const as of [undefined, agent]) expect((await ask(house, 'GET', `/api/auth/${action}`, { as })).status, `GET ${action}`).toBe(404)
  for (const action of [
    '',
    'signin',
    'signin/credentials',
    'csrf',
    'session',
    'providers',
    '_log',
    'callback/github',
    'callback/credentials/',
    '..%2fcallback/credentials',
  ])
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await ask(house, method, `/api/auth/${action}`, { as: agent })).status, `${method} ${action}`).toBe(404)
  for (const action of ['csrf', 'session', 'providers']) expect((await ask(house, 'GET', `/api/auth/${action}`)).status, action).toBe(200)
})

test('a write that a browser sends from another site is refused, whoever’s cookie it carries', async ({ house }) => {
  const world = await makeWorld(house, await makeCast(house))
  const before = await fingerprint(house.pool)
  const signs: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: `http://127.0.0.1:${house.config.port + 1}` },
  ]
  for (const endpoint of ENDPOINTS.filter((each) => each.method !== 'GET'))
    for (const headers of signs)
      expect((await visit(world, endpoint, 'agent', undefined, headers)).status, `${endpoint.template} ${JSON.stringify(headers)}`).toBe(403)
  expect(await fingerprint(house.pool)).toEqual(before)
})
