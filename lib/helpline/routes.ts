import { z } from '@hono/zod-openapi'
import { read } from '#lib/http/door.ts'
import { answers, endpoint, room } from '#lib/http/endpoint.ts'
import { instant } from '#lib/wire.ts'
import { getHelpline } from './service.ts'

const helplineSchema = z
  .object({
    name: z.string(),
    number: z.string(),
    timeZone: z.string(),
    now: instant,
    opening: z.object({ isOpen: z.boolean(), changesAt: z.string().nullable(), reason: z.string().nullable() }),
    week: z.array(z.object({ weekday: z.int(), opens: z.string(), closes: z.string() })),
    recordsCalls: z.boolean(),
    canStopRecording: z.boolean(),
    notice: z.object({ id: z.uuid(), version: z.int(), wording: z.string() }),
    dispositions: z.array(z.object({ code: z.string(), label: z.string(), isData: z.boolean(), asksDanger: z.boolean() })),
  })
  .openapi('Helpline')

const get = endpoint({
  method: 'get',
  path: '/helpline',
  permission: 'helpline:read',
  summary: 'The helpline: whether it is open, its recording notice, how calls can end',
  responses: answers(200, helplineSchema, 'The helpline now'),
})

export const helplineRoutes = room().openapi(get, (c) => read(c, get, (db) => getHelpline(db)))
