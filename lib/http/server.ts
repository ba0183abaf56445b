import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { pino } from 'pino'
import { openDatabase } from '#db/client.ts'
import { deleteOldKeys } from '#db/queries/idempotency.ts'
import { isSecure } from '#lib/access/cookies.ts'
import { type Config, tellLibraries } from '#lib/env.ts'
import { openSealing } from '#lib/privacy/sealing.ts'
import { createApp } from './app.ts'
import { secureHeaders } from './headers.ts'
import { LiveHub } from './live-hub.ts'
import { offerToPages } from './page-door.ts'

/** Longest wait for requests under way when the process is asked to stop. */
const DRAIN_MS = 8_000
const HOUR_MS = 3_600_000

export type RunningServer = { port: number; close(): Promise<void> }

type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Next, for the screens only: loaded late, since it reads the environment as it loads. */
async function openPages(config: Config): Promise<{ handle: PageHandler; close(): Promise<void> }> {
  const { default: next } = await import('next')
  const pages = next({ dev: false, dir: process.cwd(), hostname: config.host, port: config.port })
  await pages.prepare()
  const handle = pages.getRequestHandler()
  return { handle: (request, response) => handle(request, response), close: () => pages.close() }
}

/** True for what is answered by the API and not by a screen. */
const isApi = (url: string) => url.startsWith('/api/')

/** Surface of Next that is shut: its image optimiser and server actions. */
const isShut = (request: IncomingMessage) => (request.url ?? '').startsWith('/_next/image') || (request.method !== 'GET' && request.method !== 'HEAD')

/**
 * Starts the one server of one process: the API and sign-in on Node's own listener, everything else to Next.
 * `close` ends the streams, lets requests under way finish, and gives up what is still open after eight seconds.
 */
export async function startServer(config: Config, options: { pages?: boolean } = {}): Promise<RunningServer> {
  tellLibraries(config)
  openSealing(config.dataKey)
  const log = pino({ level: config.logLevel, base: null, redact: ['*.password', '*.cookie', '*.authorization'] })
  const database = openDatabase(config.appDatabaseUrl, (error) => log.warn({ reason: error.message }, 'a database connection was lost'))
  const hub = new LiveHub(config.appDatabaseUrl, log)
  await hub.open()
  const app = createApp({ config, database, log, hub })
  offerToPages((request) => app.fetch(request))
  const api = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const pages = options.pages === false ? undefined : await openPages(config)

  // Keys are of no use after 72 hours; nothing else here needs tidying.
  const tidy = setInterval(() => deleteOldKeys(database.db).catch((error: Error) => log.warn({ reason: error.message }, 'old keys stay for now')), HOUR_MS)
  tidy.unref()

  let closing: Promise<void> | undefined
  const underWay = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    if (closing) endAfter(response)
    const url = request.url ?? '/'
    const isNextAction = request.headers['next-action'] !== undefined
    secureHeaders(request, response, isSecure(config))
    if (isApi(url)) return void api(request, response)
    if (!pages || isNextAction || isShut(request)) return void response.writeHead(404).end()
    pages.handle(request, response).catch((error: unknown) => {
      log.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'a screen failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.on('upgrade', (_, socket) => socket.destroy())
  server.keepAliveTimeout = 65_000
  server.headersTimeout = 20_000
  server.requestTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port

  /** A client that keeps its connection busy would hold the process: it is told to take another one. */
  function endAfter(response: ServerResponse) {
    if (!response.headersSent) response.setHeader('connection', 'close')
    response.once('close', () => server.closeIdleConnections())
  }

  const close = async () => {
    clearInterval(tidy)
    for (const response of underWay) endAfter(response)
    const drained = new Promise<void>((resolve) => server.close(() => resolve()))
    await hub.close()
    server.closeIdleConnections()
    const giveUp = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    await drained
    clearTimeout(giveUp)
    await pages?.close()
    await database.close()
  }
  return { port, close: () => (closing ??= close()) }
}
