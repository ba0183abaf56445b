import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Permission } from '#lib/access/roles.ts'
import { problemSchema, Refusal } from '#lib/refusal.ts'
import { admit } from './admit.ts'
import type { HouseEnv } from './house.ts'

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } })

/** Declares one endpoint, once: its path, permission, input and output. The permission is checked before the input is read. */
export function endpoint<P extends string, R extends Omit<RouteConfig, 'path' | 'middleware' | 'security'> & { path: P; permission: Permission }>(config: R) {
  const { permission, ...route } = config
  return createRoute({
    ...route,
    'x-permission': permission,
    security: permission === 'public' ? [] : [{ session: [] }],
    middleware: [admit(permission)] as const,
  })
}

/** JSON out of an endpoint, with the problems any endpoint may answer. */
export function answers<S extends number, T extends z.ZodType>(status: S, schema: T, description: string) {
  return {
    [status]: { description, content: { 'application/json': { schema } } },
    default: problem('What went wrong, as a problem document'),
  } as Record<S, { description: string; content: { 'application/json': { schema: T } } }>
}

/** JSON into an endpoint. */
export function takes<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** Every POST and PATCH takes one: a known key replays its answer. */
export const keyHeader = z.object({
  'idempotency-key': z.string().min(8).max(200).optional().openapi({ description: 'Required. Any 8 to 200 characters; kept for 72 hours.' }),
})

/** Every PATCH takes the version it changes. */
export const matchHeader = keyHeader.extend({
  'if-match': z.string().optional().openapi({ description: 'Required. The `version` of the row as you last saw it.' }),
})

export const idParam = z.object({ id: z.uuid() })

/** The rooms' router: wrong input answers with a problem document that names each field. */
export function room() {
  return new OpenAPIHono<HouseEnv>({
    defaultHook: (result) => {
      if (result.success) return
      throw new Refusal('invalid-input', undefined, {
        fields: result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
      })
    },
  })
}
