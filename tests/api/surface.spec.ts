/** The server with its screens on: what lies beside the API stays shut, and no spelling of a path gets the API's data from there. */
import { ask } from '../support/ask.ts'
import { ENDPOINTS, makeWorld } from '../support/endpoints.ts'
import { makeCast } from '../support/identities.ts'
import { fingerprint } from '../support/rows.ts'
import { expect, test } from '../support/test.ts'

test.use({ pages: true })

const SPELLINGS: Record<string, (path: string) => string> = {
  'a double slash at the start': (path) => `/${path}`,
  'an encoded letter': (path) => path.replace('/api/', '/%61pi/'),
  'an encoded slash': (path) => path.replace('/api/', '/api%2f'),
  'a climb': (path) => `/desk/..${path}`,
  'an encoded climb': (path) => `/desk/%2e%2e${path}`,
  'a backslash': (path) => path.replace('/api/', '/api\\'),
  capitals: (path) => path.replace('/api/', '/API/'),
  'the folder of the build': (path) => `/_next/data/x${path}.json`,
  'the whole address': (path) => `http://127.0.0.1${path}`,
}

test('no spelling of a path gets data or an act from behind the API, with a session or without', async ({ house }) => {
  const world = await makeWorld(house, await makeCast(house))
  const before = await fingerprint(house.pool)
  for (const endpoint of ENDPOINTS)
    for (const [name, spell] of Object.entries(SPELLINGS))
      for (const as of [undefined, world.cast['second agent']]) {
        const { path, ...asking } = endpoint.asking(world)
        const reply = await ask(house, endpoint.method, spell(path), { as, ...asking })
        expect([307, 308, 400, 401, 403, 404, 422], `${endpoint.method} ${endpoint.template} with ${name}`).toContain(reply.status)
        expect(reply.text, name).not.toContain(world.call.reference)
      }
  expect(await fingerprint(house.pool)).toEqual(before)
})

test('what Next would offer beside the screens is shut: server actions, the image optimiser, writes', async ({ house }) => {
  const { cast } = await makeWorld(house, await makeCast(house))
  const shut: [string, string, Record<string, string>][] = [
    ['GET', '/_next/image?url=%2Ficon.svg&w=64&q=75', {}],
    ['POST', '/desk', {}],
    ['POST', '/desk', { 'next-action': '7f00' }],
    ['GET', '/desk', { 'next-action': '7f00' }],
    ['PUT', '/sign-in', {}],
    ['DELETE', '/', {}],
  ]
  for (const [method, path, headers] of shut)
    expect((await ask(house, method, path, { as: cast.agent, headers, key: null })).status, `${method} ${path} ${JSON.stringify(headers)}`).toBe(404)
})

test('a screen tells somebody without a session nothing, as a page or as the data of one', async ({ house }) => {
  const { cast, call } = await makeWorld(house, await makeCast(house))
  const headers: Record<string, string>[] = [
    {},
    { rsc: '1' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { 'x-middleware-subrequest': 'middleware:middleware:middleware' },
  ]
  const own = await ask(house, 'GET', '/desk', { as: cast.agent })
  expect(own.status).toBe(200)
  expect(own.text, 'to the agent it does tell').toContain(cast.agent.name)
  for (const as of [undefined, cast.disabled, cast['signed out'], cast.expired, cast['invented cookie']])
    for (const path of ['/', '/desk', '/reviews', `/reviews/${call.id}`])
      for (const each of headers)
        for (const suffix of ['', '.rsc', '?_rsc=1']) {
          const reply = await ask(house, 'GET', `${path}${suffix}`, { as, headers: each })
          expect(reply.status, `${path}${suffix} ${JSON.stringify(each)}`).toBeLessThan(500)
          for (const word of [call.reference, cast.agent.name, cast.agent.email]) expect(reply.text, `${path}${suffix}`).not.toContain(word)
        }
})
