import { z } from '@hono/zod-openapi'

/** Text that Postgres keeps exactly: no NUL, no half of a surrogate pair. Anything else is refused in words, never altered. */
export function text(max: number) {
  return z
    .string()
    .max(max, `at most ${max.toLocaleString('en-GB')} characters`)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'contains a character that cannot be kept')
}

/** Milliseconds since it happened, by the desk's monotonic clock: the database turns it into a time. At most 12 hours. */
export const agoMs = z.int().min(0).max(43_200_000).default(0)

export const instant = z.iso.datetime().openapi({ description: 'ISO 8601, UTC' })

/** A time that is asked for. The database counts no year 0. */
export const moment = z.iso.datetime().refine((value) => !value.startsWith('0000'), 'is before the year 1')
