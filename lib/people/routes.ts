import { z } from '@hono/zod-openapi'
import { passwordFaults } from '#lib/access/password-rules.ts'
import { ROLES } from '#lib/access/roles.ts'
import { answerOpen, read, write } from '#lib/http/door.ts'
import { answers, endpoint, keyHeader, room, takes } from '#lib/http/endpoint.ts'
import { text } from '#lib/wire.ts'
import { endOtherSessions, getMe, setUpFirstAdmin } from './service.ts'

const meSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    roles: z.array(z.enum(ROLES)),
    isDemo: z.boolean(),
    team: z.object({ id: z.uuid(), name: z.string(), agents: z.array(z.object({ id: z.uuid(), name: z.string() })) }).nullable(),
  })
  .openapi('Me')

const me = endpoint({
  method: 'get',
  path: '/me',
  permission: 'signed-in',
  summary: 'Who is signed in',
  responses: answers(200, meSchema, 'The signed-in person'),
})
const endOthers = endpoint({
  method: 'post',
  path: '/me/end-other-sessions',
  permission: 'signed-in',
  summary: 'End your sessions on other devices',
  request: { headers: keyHeader },
  responses: answers(200, z.object({ ended: z.int() }), 'How many ended'),
})

const setUpInput = z.strictObject({
  token: z.string().min(20).max(100),
  name: text(120).trim().min(1),
  email: z.email().max(200),
  password: z
    .string()
    .max(1_000)
    .superRefine((password, check) => {
      for (const message of passwordFaults(password, ['admin'])) check.addIssue({ code: 'custom', message })
    }),
})

const setUp = endpoint({
  method: 'post',
  path: '/set-up',
  permission: 'public',
  summary: 'Make the first admin from the one-time link',
  request: { body: takes(setUpInput) },
  responses: answers(201, z.object({ id: z.uuid() }), 'The admin was made'),
})

export const peopleRoutes = room()
  .openapi(me, (c) => read(c, me, getMe))
  .openapi(endOthers, (c) => write(c, endOthers, 200, endOtherSessions))
  .openapi(setUp, (c) => answerOpen(c, setUp, 201, (tx) => setUpFirstAdmin(tx, c.req.valid('json'))))
