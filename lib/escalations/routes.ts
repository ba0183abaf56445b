import { versionOf, write } from '#lib/http/door.ts'
import { answers, endpoint, idParam, matchHeader, room, takes } from '#lib/http/endpoint.ts'
import { escalationSchema, patchEscalationInput } from './schema.ts'
import { changeEscalation } from './service.ts'

const patchRoute = endpoint({
  method: 'patch',
  path: '/escalations/{id}',
  permission: 'calls:handle',
  summary: 'Change an escalation, or give its outcome',
  request: { params: idParam, headers: matchHeader, body: takes(patchEscalationInput) },
  responses: answers(200, escalationSchema, 'The escalation after the change'),
})

export const escalationRoutes = room().openapi(patchRoute, (c) =>
  write(c, patchRoute, 200, (tx, actor) => changeEscalation(tx, actor, { id: c.req.valid('param').id, version: versionOf(c), change: c.req.valid('json') })),
)
