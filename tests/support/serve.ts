/** One server for one test worker, in a process of its own. Told its settings and tells its port over the channel of its parent. */
import { setProductionMode } from '#lib/env.ts'
import type { ServeOrder, ServeReport } from './house.ts'

// The parent is gone, perhaps before this one was ready: nobody asks for anything any more.
process.once('disconnect', () => process.exit(1))

setProductionMode()
const { startServer } = await import('#lib/http/server.ts')

const tell = (report: ServeReport) => process.send?.(report)

process.once('message', async ({ config, pages }: ServeOrder) => {
  try {
    const server = await startServer(config, { pages })
    const stop = () => void server.close().then(() => process.exit(0))
    process.once('SIGTERM', stop)
    tell({ port: server.port })
  } catch (error) {
    tell({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
