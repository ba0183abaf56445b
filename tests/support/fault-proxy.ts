/** A line between a client and a house that can be told to misbehave, one request at a time. */
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { findFreePort } from '#lib/cli/postgres-process.ts'
import type { House } from './house.ts'

/**
 * `pass` does nothing to it. `cut after` lets the server do it and loses the answer, `cut within` half of the answer. `pretend` answers
 * as if it had been done, and forwards nothing. `twice` sends it again under a key of its own. `overwrite` makes a stale save from the
 * newest version instead.
 */
export type Mischief = 'pass' | 'cut after' | 'cut within' | 'pretend' | 'twice' | 'overwrite'

/** What the proxy was asked. */
export type Passing = { method: string; path: string }

export type FaultProxy = {
  /** The house as its clients see it through this line. */
  house: House
  /** Asked before each request; `pass` unless it says otherwise. */
  decide(rule: (passing: Passing) => Mischief): void
  /** Requests that were not passed as they came. */
  spoilt(): number
  close(): Promise<void>
}

type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer }

async function forward(house: House, passing: Passing, headers: IncomingMessage['headers'], body: Buffer, agent: Agent): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port: house.config.port, agent, method: passing.method, path: passing.path, headers })
  asked.end(body)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(await answer.toArray()) }
}

const headOf = ({ headers: { 'transfer-encoding': _, connection: __, ...headers } }: Answer) => headers

const send = (response: ServerResponse, answer: Answer) => response.writeHead(answer.status, headOf(answer)).end(answer.body)

function sendHalf(response: ServerResponse, answer: Answer) {
  response.writeHead(answer.status, { ...headOf(answer), 'content-length': answer.body.length })
  response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy())
}

/** A plausible answer to a save: the row as it is, with what was sent and one version more. */
async function pretend(house: House, passing: Passing, headers: IncomingMessage['headers'], body: Buffer, agent: Agent): Promise<Answer> {
  const { 'content-length': _, 'content-type': __, 'if-match': version, ...asking } = headers
  const row = await forward(house, { method: 'GET', path: passing.path }, asking, Buffer.alloc(0), agent)
  const saved = { ...JSON.parse(row.body.toString()), ...JSON.parse(body.toString()), version: Number(String(version).replaceAll('"', '')) + 1 }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(saved)) }
}

async function overwrite(house: House, passing: Passing, headers: IncomingMessage['headers'], body: Buffer, agent: Agent): Promise<Answer> {
  const answer = await forward(house, passing, headers, body, agent)
  if (answer.status !== 412) return answer
  const { current } = JSON.parse(answer.body.toString()) as { current: { version: number } }
  const anew = { ...headers, 'if-match': `"${current.version}"`, 'idempotency-key': crypto.randomUUID() }
  return forward(house, passing, anew, body, agent)
}

/** Opens the line. Streams of live updates pass too, and are closed with it. */
export async function openFaultProxy(house: House): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: false })
  let rule: (passing: Passing) => Mischief = () => 'pass'
  let spoilt = 0

  async function serve(incoming: IncomingMessage, response: ServerResponse) {
    const passing = { method: incoming.method ?? 'GET', path: incoming.url ?? '/' }
    const { headers } = incoming
    const mischief = rule(passing)
    if (mischief === 'pass') {
      const asked = request({ host: '127.0.0.1', port: house.config.port, agent, method: passing.method, path: passing.path, headers })
      response.once('close', () => asked.destroy())
      asked.once('error', () => response.destroy())
      asked.once('response', (answer) => {
        answer.once('error', () => response.destroy())
        answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))
      })
      incoming.pipe(asked)
      return
    }
    spoilt += 1
    const body = Buffer.concat(await incoming.toArray())
    if (mischief === 'pretend') return void send(response, await pretend(house, passing, headers, body, agent))
    if (mischief === 'overwrite') return void send(response, await overwrite(house, passing, headers, body, agent))
    const answer = await forward(house, passing, headers, body, agent)
    if (mischief === 'cut after') return void response.destroy()
    if (mischief === 'cut within') return sendHalf(response, answer)
    await forward(house, passing, { ...headers, 'idempotency-key': crypto.randomUUID() }, body, agent)
    send(response, answer)
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy())
  })
  const port = await findFreePort()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    house: { ...house, baseUrl: `http://127.0.0.1:${port}`, config: { ...house.config, port } },
    decide(next) {
      rule = next
    },
    spoilt: () => spoilt,
    async close() {
      server.close()
      server.closeAllConnections()
      agent.destroy()
    },
  }
}
