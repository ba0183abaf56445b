/**
 * The load: requests over connections that stay open, one at a time on each. It speaks HTTP/1.1 on the bare socket, because Node's own
 * client costs as much as the bare server that is measured here, and would hide half of every difference.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Asked = { method: 'GET' | 'POST' | 'PATCH'; path: string; cookie?: string; headers?: Record<string, string>; body?: string }
export type Answered = { status: number; body: string }

/** What one request is, and what its answer says for the next. Nothing back from `ask` ends the round early. */
export type Asker = { ask(connection: number): Asked | undefined; heard?(connection: number, answer: Answered): void; expects: number }

export type Load = { connections: number } & ({ requests: number } | { milliseconds: number })
export type Figures = { requests: number; perSecond: number; p50: number; p95: number }

const HEAD_END = '\r\n\r\n'
const SILENCE_MS = 10_000

function wordsOf(asked: Asked): string {
  const { body } = asked
  const lines = [`${asked.method} ${asked.path} HTTP/1.1`, 'host: 127.0.0.1', 'connection: keep-alive']
  if (asked.cookie) lines.push(`cookie: ${asked.cookie}`)
  for (const [name, value] of Object.entries(asked.headers ?? {})) lines.push(`${name}: ${value}`)
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
  return lines.join('\r\n') + HEAD_END + (body ?? '')
}

/** The answer, once all of it is here. Both servers say how long it is; a chunked one is not understood and fails. */
function readAnswer(received: Buffer): Answered | undefined {
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd < 0) return undefined
  const head = received.toString('latin1', 0, headEnd)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer does not say how long it is:\n${head}`)
  const bodyStart = headEnd + HEAD_END.length
  if (received.length < bodyStart + Number(length)) return undefined
  return { status: Number(head.slice(9, 12)), body: received.toString('utf8', bodyStart) }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error(`no answer within ${SILENCE_MS / 1000} s`)))
}

function exchange(socket: Socket, words: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const settle = (act: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose)
      act()
    }
    const onError = (error: Error) => settle(() => reject(error))
    const onClose = () => settle(() => reject(new Error('the connection was closed before the answer')))
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      try {
        const answer = readAnswer(received)
        if (answer) settle(() => resolve(answer))
      } catch (error) {
        settle(() => reject(error))
      }
    }
    socket.on('data', onData).on('error', onError).on('close', onClose)
    socket.write(words)
  })
}

/** The value below which this part of a sorted list lies. */
export const quantile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

export const sortUp = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

export const median = (values: readonly number[]): number => quantile(sortUp(values), 0.5)

export function figuresOf(took: readonly number[], elapsedMs: number): Figures {
  const sorted = sortUp(took)
  return { requests: took.length, perSecond: (took.length / elapsedMs) * 1000, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) }
}

/** Asks until the count or the time is up. Any other status than the expected one fails: a measured refusal would be a figure about nothing. */
export async function putLoad(port: number, asker: Asker, load: Load): Promise<Figures> {
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => open(port)))
  const took: number[] = []
  const began = performance.now()
  const goesOn = () => ('requests' in load ? asked < load.requests : performance.now() - began < load.milliseconds)
  let asked = 0
  const work = async (socket: Socket, connection: number) => {
    while (goesOn()) {
      asked += 1
      const next = asker.ask(connection)
      if (!next) return
      const sent = performance.now()
      const answer = await exchange(socket, wordsOf(next))
      took.push(performance.now() - sent)
      if (answer.status !== asker.expects) throw new Error(`${next.method} ${next.path} answered ${answer.status}: ${answer.body.slice(0, 500)}`)
      asker.heard?.(connection, answer)
    }
  }
  try {
    await Promise.all(sockets.map(work))
    return figuresOf(took, performance.now() - began)
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}
