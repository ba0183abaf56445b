/** What is measured, and its floor beside it: two houses, one with ten times the calls of the other, each with a bare server. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { childEnvironment } from '#lib/env.ts'
import type { Databases } from '../support/databases.ts'
import { type House, openHouse } from '../support/house.ts'
import type { BareReport } from './floor.ts'
import { makePast, type Past } from './rows.ts'

export type Stage = { house: House; past: Past; barePort: number; close(): Promise<void> }

async function startBare(url: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(path.join(import.meta.dirname, 'bare.ts'), [], {
    execArgv: [],
    env: childEnvironment({ NODE_OPTIONS: undefined, NODE_ENV: 'production' }),
  })
  child.send({ url })
  const [report] = (await once(child, 'message')) as [BareReport]
  if ('fault' in report) throw new Error(report.fault)
  return { child, port: report.port }
}

export async function openStage(databases: Databases, options: { calls: number; agents: number; pages: boolean }): Promise<Stage> {
  const house = await openHouse(databases, { pages: options.pages })
  const past = await makePast(house, options)
  const bare = await startBare(house.config.databaseUrl)
  return {
    house,
    past,
    barePort: bare.port,
    async close() {
      const ended = once(bare.child, 'exit')
      bare.child.disconnect()
      await ended
      await house.close()
    },
  }
}
