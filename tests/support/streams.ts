/** A reader of the live updates, for tests that wait for an event and never for a time. */
import type { IncomingMessage } from 'node:http'
import { send } from './ask.ts'
import type { House } from './house.ts'
import type { Visitor } from './people.ts'

export type StreamEvent = { event: string; id: string | null; data: { room?: string; id?: string | null } }

export type Stream = {
  response: IncomingMessage
  /** Everything that came so far, in order. */
  events: StreamEvent[]
  /** The first event that fits, now or when it comes. Fails when the stream ends first. */
  until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent>
  /** Settles when the server has ended the stream. */
  ended: Promise<void>
  close(): void
}

function parse(block: string): StreamEvent {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const at = line.indexOf(':')
      return [line.slice(0, at), line.slice(at + 1).trim()]
    }),
  )
  return { event: fields.get('event') ?? 'message', id: fields.get('id') ?? null, data: JSON.parse(fields.get('data') ?? '{}') as StreamEvent['data'] }
}

/** Opens `/live` and waits until the server says that nothing from now on is missed. */
export async function openStream(house: House, as: Visitor, headers: Record<string, string> = {}): Promise<Stream> {
  const response = await send(house, 'GET', '/api/v1/live', { as, headers })
  const events: StreamEvent[] = []
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const each of waiting) each()
  }
  let rest = ''
  let isOver = false
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    events.push(...blocks.filter(Boolean).map(parse))
    wake()
  })
  response.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => {
    response.once('close', () => {
      isOver = true
      resolve()
      wake()
    })
  })
  const until = (fits: (event: StreamEvent) => boolean) =>
    new Promise<StreamEvent>((resolve, reject) => {
      const look = () => {
        const found = events.find(fits)
        if (!found && !isOver) return
        waiting.delete(look)
        if (found) resolve(found)
        else reject(new Error(`the stream ended before that event; it had ${JSON.stringify(events)}`))
      }
      waiting.add(look)
      look()
    })
  if (response.statusCode === 200) await until((event) => event.event === 'ready')
  return { response, events, until, ended, close: () => response.destroy() }
}
