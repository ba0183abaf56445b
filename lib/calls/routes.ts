import { z } from '@hono/zod-openapi'
import { escalationSchema, openEscalationInput } from '#lib/escalations/schema.ts'
import { consultationSchema, openConsultationInput, trailInput } from '#lib/guidance/schema.ts'
import { read, versionOf, withDelay, write } from '#lib/http/door.ts'
import { answers, endpoint, idParam, keyHeader, matchHeader, room, takes } from '#lib/http/endpoint.ts'
import { recordingEventInput } from '#lib/recordings/schema.ts'
import { addConsultation, addEscalation, addRecordingEvent, addTrailEvents } from './ledgers.ts'
import { getCall, listCalls } from './reading.ts'
import { callListQuery, callListSchema, callRecordSchema, callSchema, patchCallInput, startCallInput, trailAnswerSchema } from './schema.ts'
import { actOnCall, changeCall, finishCall, startCall } from './service.ts'

const start = endpoint({
  method: 'post',
  path: '/calls',
  permission: 'calls:handle',
  summary: 'Start a call',
  request: { headers: keyHeader, body: { required: false, content: { 'application/json': { schema: startCallInput } } } },
  responses: answers(201, callSchema, 'The call, in progress'),
})
const list = endpoint({
  method: 'get',
  path: '/calls',
  permission: 'calls:read',
  summary: 'Calls in your scope, newest first',
  request: { query: callListQuery },
  responses: answers(200, callListSchema, 'A page of calls'),
})
const get = endpoint({
  method: 'get',
  path: '/calls/{id}',
  permission: 'calls:read',
  summary: 'One call with its ledgers and its trail',
  request: { params: idParam },
  responses: answers(200, callRecordSchema, 'The call'),
})
const patch = endpoint({
  method: 'patch',
  path: '/calls/{id}',
  permission: 'calls:handle',
  summary: 'Save notes and choices',
  request: { params: idParam, headers: matchHeader, body: takes(patchCallInput) },
  responses: answers(200, callSchema, 'The call after the change'),
})

const act = <A extends string>(verb: A, summary: string) =>
  endpoint({
    method: 'post',
    path: `/calls/{id}/${verb}` as const,
    permission: 'calls:handle',
    summary,
    request: { params: idParam, headers: keyHeader },
    responses: answers(200, callSchema, 'The call after the act'),
  })
const hold = act('hold', 'Put the caller on hold')
const resume = act('resume', 'Take the caller off hold')
const end = act('end', 'End the call: it is then to finish')
const finish = act('finish', 'Finish the call; 409 names what is missing')

const record = endpoint({
  method: 'post',
  path: '/calls/{id}/recording-events',
  permission: 'calls:handle',
  summary: 'Add to the recording ledger',
  request: { params: idParam, headers: keyHeader, body: takes(recordingEventInput) },
  responses: answers(201, callSchema, 'The call with the view of its ledger'),
})
const consult = endpoint({
  method: 'post',
  path: '/calls/{id}/consultations',
  permission: 'calls:handle',
  summary: 'Open a topic in a call',
  request: { params: idParam, headers: keyHeader, body: takes(openConsultationInput) },
  responses: answers(201, consultationSchema, 'The consultation'),
})
const follow = endpoint({
  method: 'post',
  path: '/calls/{id}/consultations/{consultationId}/events',
  permission: 'calls:handle',
  summary: 'Add to the guidance trail',
  request: { params: idParam.extend({ consultationId: z.uuid() }), headers: keyHeader, body: takes(trailInput) },
  responses: answers(201, trailAnswerSchema, 'The call, and the escalation that an answer opened or joined'),
})
const escalate = endpoint({
  method: 'post',
  path: '/calls/{id}/escalations',
  permission: 'calls:handle',
  summary: 'Open an escalation, or join the open one',
  request: { params: idParam, headers: keyHeader, body: takes(openEscalationInput) },
  responses: answers(201, escalationSchema, 'The escalation'),
})

export const callRoutes = room()
  .openapi(start, (c) => write(c, start, 201, startCall))
  .openapi(list, (c) => read(c, list, (db, actor) => listCalls(db, actor, c.req.valid('query'))))
  .openapi(get, (c) => read(c, get, (db, actor) => getCall(db, actor, c.req.valid('param'))))
  .openapi(patch, (c) =>
    write(c, patch, 200, (tx, actor) => changeCall(tx, actor, { id: c.req.valid('param').id, version: versionOf(c), change: c.req.valid('json') })),
  )
  .openapi(hold, (c) => write(c, hold, 200, (tx, actor) => actOnCall(tx, actor, { ...c.req.valid('param'), act: 'hold' })))
  .openapi(resume, (c) => write(c, resume, 200, (tx, actor) => actOnCall(tx, actor, { ...c.req.valid('param'), act: 'resume' })))
  .openapi(end, (c) => write(c, end, 200, (tx, actor) => actOnCall(tx, actor, { ...c.req.valid('param'), act: 'end' })))
  .openapi(finish, (c) => write(c, finish, 200, (tx, actor) => finishCall(tx, actor, c.req.valid('param'))))
  .openapi(record, (c) => write(c, record, 201, (tx, actor) => addRecordingEvent(tx, actor, { ...c.req.valid('param'), ...withDelay(c, c.req.valid('json')) })))
  .openapi(consult, (c) =>
    write(c, consult, 201, (tx, actor) => {
      const { id: consultationId, ...input } = withDelay(c, c.req.valid('json'))
      return addConsultation(tx, actor, { ...c.req.valid('param'), ...input, consultationId })
    }),
  )
  .openapi(follow, (c) =>
    write(c, follow, 201, (tx, actor) =>
      addTrailEvents(tx, actor, { ...c.req.valid('param'), events: c.req.valid('json').events.map((event) => withDelay(c, event)) }),
    ),
  )
  .openapi(escalate, (c) => write(c, escalate, 201, (tx, actor) => addEscalation(tx, actor, { ...c.req.valid('param'), ...withDelay(c, c.req.valid('json')) })))
