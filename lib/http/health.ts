import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import type { HouseEnv } from './house.ts'

/** `live`: the process answers. `ready`: the database does too. */
export const healthRoutes = new Hono<HouseEnv>()
  .get('/live', (c) => c.json({ status: 'live' }))
  .get('/ready', async (c) => {
    try {
      await c.var.house.database.db.execute(sql`SELECT 1`)
      return c.json({ status: 'ready' })
    } catch {
      return c.json({ status: 'the database does not answer' }, 503)
    }
  })
