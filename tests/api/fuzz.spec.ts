/** Requests that nobody meant, drawn from the document of the API: none is answered with a defect. */
import fc from 'fast-check'
import { ask } from '../support/ask.ts'
import { makeWorld, type World } from '../support/endpoints.ts'
import { makeCast } from '../support/identities.ts'
import { expect, test } from '../support/test.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  format?: string
  pattern?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  minimum?: number
  maximum?: number
}
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema }
type Operation = { parameters?: Parameter[]; requestBody?: { content: { 'application/json': { schema: Schema } } } }
type Document = { paths: Record<string, Record<string, Operation>> }

const REQUESTS = 2_000

/** Instants that some calendar has and some other has not. */
const oddInstant = fc.oneof(
  fc.constantFrom('0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-02-30T00:00:00Z', '2026-01-01T24:00:00Z', '2016-12-31T23:59:60Z'),
  fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }).map((date) => date.toISOString()),
)

/** Places in a list as the API writes them, which may be on no calendar. */
const oddCursor = fc
  .tuple(oddInstant, fc.uuid())
  .map(([instant, id]) => Buffer.from(`${instant.replace(/(\.\d+)?Z$/, '.000000Z')} ${id}`).toString('base64url'))

/** Things that a parser, a driver or a database has stumbled over somewhere. */
const oddText = fc.oneof(
  fc.constantFrom('\u0000', 'a\u0000b', '\uD800'),
  fc.constantFrom(
    '',
    ' ',
    '..',
    '../..',
    '%',
    '%00',
    '%ff',
    "'",
    '"',
    '\\',
    '-1',
    '1e999',
    'NaN',
    'null',
    'true',
    '[object Object]',
    '__proto__',
    'constructor',
  ),
  oddInstant,
  oddCursor,
  fc.uuid(),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.constant('x'.repeat(60_000)),
)

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 31, 2 ** 53, Number.MAX_VALUE, [], {}, [[]], { a: {} }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Mostly what the schema asks for, so that the request gets past the first check, and now and then anything else. */
function fromSchema(schema: Schema): fc.Arbitrary<unknown> {
  const proper = properFrom(schema)
  return fc.oneof({ weight: 5, arbitrary: proper }, { weight: 1, arbitrary: oddValue })
}

function properFrom(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(properFrom))
  const types = [schema.type ?? 'any'].flat()
  const arms = types.map((type): fc.Arbitrary<unknown> => {
    if (type === 'object')
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, fromSchema(each)])), { requiredKeys: [] })
    if (type === 'array') return fc.array(fromSchema(schema.items ?? {}), { maxLength: 4 })
    if (type === 'integer' || type === 'number') return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 100, 2 ** 31 - 1) })
    if (type === 'boolean') return fc.boolean()
    if (type === 'null') return fc.constant(null)
    if (type === 'string') return textFrom(schema)
    return oddValue
  })
  return fc.oneof(...arms)
}

function textFrom(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') return fc.uuid()
  if (schema.format === 'date-time') return oddInstant
  if (schema.pattern) return fc.constantFrom('back-pain', 'sciatica', 'back-pain.cancer', 'no-such-topic', 'no-such.block')
  return oddText
}

type Drawn = { method: string; path: string; body: unknown; headers: Record<string, string>; ifMatch: string | undefined }

/** Only what a header can hold at all. */
const headerText = (value: unknown) =>
  String(value)
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    .trim()
    .slice(0, 2_000)

const encode = (value: unknown) => encodeURIComponent(String(value).toWellFormed())

/** A real id in most places, so that the odd part of the request is reached. */
function pathParameter(name: string, world: World): fc.Arbitrary<string> {
  const real = { id: world.call.id, consultationId: world.consultationId, versionId: world.versionId, topic: 'back-pain' }[name] ?? ''
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(real, world.escalation.id) },
    { weight: 1, arbitrary: oddText.map((text) => encode(text).slice(0, 4_000)) },
  )
}

function requestOf(template: string, method: string, operation: Operation, world: World): fc.Arbitrary<Drawn> {
  const parameters = operation.parameters ?? []
  const of = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place)
  // Few at once: one that cannot be read hides what the others would do.
  const drawn = (place: 'query' | 'header') =>
    fc
      .subarray(of(place), { maxLength: Math.min(2, of(place).length) })
      .chain((some) => fc.record<Record<string, unknown>>(Object.fromEntries(some.map(({ name, schema }) => [name, fromSchema(schema)]))))
  const schema = operation.requestBody?.content['application/json'].schema
  return fc
    .record({
      path: fc.record(Object.fromEntries(of('path').map(({ name }) => [name, pathParameter(name, world)]))) as fc.Arbitrary<Record<string, string>>,
      query: fc.oneof(
        drawn('query'),
        oddCursor.map((cursor): Record<string, unknown> => (template.endsWith('/calls') ? { cursor } : {})),
      ),
      header: drawn('header'),
      body: schema ? fromSchema(schema) : fc.constant(undefined),
      version: fc.option(fc.constantFrom('1', '2', '"1"', '"x"', ''), { nil: undefined }),
      delay: fc.option(oddText, { nil: undefined }),
    })
    .map(({ path, query, header, body, version, delay }) => {
      const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '')
      const search = Object.entries(query).map(([name, value]) => `${name}=${encode(value).slice(0, 4_000)}`)
      const { 'idempotency-key': key, ...rest } = header
      const headers = Object.fromEntries(
        Object.entries({ ...rest, ...(delay === undefined ? {} : { 'callside-delay': delay }) }).map(([name, value]) => [name, headerText(value)]),
      )
      const fullHeaders = key === undefined || headerText(key).length < 8 ? headers : { ...headers, 'idempotency-key': headerText(key) }
      return { method, path: [filled, search.join('&')].filter(Boolean).join('?'), body, headers: fullHeaders, ifMatch: version }
    })
}

test(`${REQUESTS.toLocaleString('en-GB')} odd requests get no defect, no word of the machinery, and always a problem document`, async ({ house }) => {
  const world = await makeWorld(house, await makeCast(house))
  const { paths } = (await ask(house, 'GET', '/api/v1/openapi.json')).body as Document
  const { schemas = {} } = ((await ask(house, 'GET', '/api/v1/openapi.json')).body.components ?? {}) as { schemas?: Record<string, Schema> }
  expect(Object.keys(schemas).length).toBeGreaterThan(0)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestOf(path, method.toUpperCase(), operation, world)),
  )
  const seen = new Set<number>()
  // Several at once: a defect of one must not hide behind the quiet of the others.
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...operations), { minLength: 8, maxLength: 8 }), async (requests) => {
      await Promise.all(
        requests.map(async ({ method, path, body, headers, ifMatch }) => {
          const reply = await ask(house, method, path, { as: world.cast.agent, body, headers, ifMatch })
          seen.add(reply.status)
          expect(reply.status, `${method} ${path} ${JSON.stringify(body)?.slice(0, 300)} ${JSON.stringify(headers)}: ${reply.text.slice(0, 300)}`).toBeLessThan(
            500,
          )
          if (reply.status < 400) return
          expect(reply.headers['content-type']).toBe('application/problem+json')
          expect(reply.text).not.toMatch(/select .* from|insert into|postgres|node_modules|at \w+ \(/i)
        }),
      )
    }),
    { numRuns: REQUESTS / 8 },
  )
  expect([...seen].sort(), 'good and refused ones were both drawn').toEqual(expect.arrayContaining([200, 201, 404, 409, 422]))
  expect(house.log()).not.toContain('"level":50')
})
