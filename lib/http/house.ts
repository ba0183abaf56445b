import type { Logger } from 'pino'
import type { DatabaseHandle } from '#db/client.ts'
import type { Actor } from '#lib/access/actor.ts'
import type { Config } from '#lib/env.ts'
import type { LiveHub } from './live-hub.ts'

/** What one running process holds, made once at the start and handed to every request. */
export type House = {
  config: Config
  database: DatabaseHandle
  log: Logger
  hub: LiveHub
}

/** What a request carries once it was admitted. */
export type HouseEnv = { Variables: { house: House; requestId: string; actor: Actor } }
