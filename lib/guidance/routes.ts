import { z } from '@hono/zod-openapi'
import { read } from '#lib/http/door.ts'
import { answers, endpoint, room } from '#lib/http/endpoint.ts'
import { text } from '#lib/wire.ts'
import { librarySchema, searchAnswerSchema, searchQuery, versionSchema } from './schema.ts'
import { getLibrary, getTopic, getVersion, searchGuidance } from './service.ts'

const library = endpoint({
  method: 'get',
  path: '/guidance/library',
  permission: 'guidance:read',
  summary: 'Every topic in use, whole, for the desk to hold in memory',
  responses: answers(200, librarySchema, 'The library in use'),
})
const search = endpoint({
  method: 'get',
  path: '/guidance/search',
  permission: 'guidance:read',
  summary: 'Topics for words as callers say them, best first',
  request: { query: searchQuery },
  responses: answers(200, searchAnswerSchema, 'Topics, best first'),
})
const topic = endpoint({
  method: 'get',
  path: '/guidance/topics/{topic}',
  permission: 'guidance:read',
  summary: 'The version of a topic that is in use',
  request: { params: z.object({ topic: text(80) }) },
  responses: answers(200, versionSchema, 'The version in use'),
})
const version = endpoint({
  method: 'get',
  path: '/guidance/versions/{versionId}',
  permission: 'guidance:read',
  summary: 'One version, as agents saw it',
  request: { params: z.object({ versionId: z.uuid() }) },
  responses: answers(200, versionSchema, 'The version'),
})

export const guidanceRoutes = room()
  .openapi(library, (c) => read(c, library, (db, actor) => getLibrary(db, actor)))
  .openapi(search, (c) => read(c, search, (db, actor) => searchGuidance(db, actor, c.req.valid('query'))))
  .openapi(topic, (c) => read(c, topic, (db, actor) => getTopic(db, actor, c.req.valid('param').topic)))
  .openapi(version, (c) => read(c, version, (db) => getVersion(db, c.req.valid('param').versionId)))
