/**
 * The floor: Node's HTTP server and pg, in a process of its own. Each path does its one indexed query and nothing else: no session, no
 * permission, no validation, no key, no audit. Told its database and tells its port over the channel of its parent.
 */
import { randomUUIDv7 } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import pg from 'pg'
import { withBoundedWaits } from '#db/client.ts'
import { type BareOrder, type BareReport, POOL_SIZE } from './floor.ts'

const POLICY = { recordsCalls: true, canStopRecording: true, cannotStopWording: 'This line cannot stop.' }

const COLUMNS =
  'id, reference, agent_id, state, started_at, ended_at, recording_state, recorded, told, objected, urgency, escalated, topics, caller, disposition_code, disposition_label, version'

const LIST_COLUMNS = COLUMNS.split(', ')
  .map((column) => `calls.${column}`)
  .join(', ')

const START = `INSERT INTO floor.calls (id, reference, agent_id, team_id, state, recording_policy, notice_id, recording_state, recorded)
  VALUES ($1::uuid, $1::text, $1::uuid, $2, 'in-progress', $3, $1::uuid, 'recording', true) RETURNING ${COLUMNS}`
const SAVE = `UPDATE floor.calls SET notes = $2, version = version + 1 WHERE id = $1 RETURNING ${COLUMNS}`
const FINISH = `UPDATE floor.calls SET state = 'finished', finished_at = now() WHERE id = $1 RETURNING ${COLUMNS}`
const GET = `SELECT ${COLUMNS}, notes, finished_at, danger_signs, recording_policy FROM calls WHERE id = $1`
const LIST = `SELECT ${LIST_COLUMNS}, people.name FROM calls JOIN people ON people.id = calls.agent_id WHERE calls.team_id = $1 ORDER BY calls.started_at DESC NULLS LAST, calls.id DESC NULLS LAST LIMIT 50`

const isOrder = (message: unknown): message is BareOrder => typeof message === 'object' && message !== null && 'url' in message

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

async function answer(pool: pg.Pool, request: IncomingMessage): Promise<unknown> {
  const [, verb, id = ''] = (request.url ?? '').split('/')
  const query = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows
  switch (verb) {
    case 'start':
      return query(START, [randomUUIDv7(), id, POLICY])
    case 'save':
      return query(SAVE, [id, (JSON.parse(await bodyOf(request)) as { notes: string }).notes])
    case 'finish':
      return query(FINISH, [id])
    case 'get':
      return query(GET, [id])
    case 'list':
      return query(LIST, [id])
    default:
      return query('SELECT 1 AS one')
  }
}

async function serve({ url }: BareOrder): Promise<number> {
  const pool = new pg.Pool({ connectionString: withBoundedWaits(url), max: POOL_SIZE })
  const server = createServer((request, response) => {
    answer(pool, request).then(
      (rows) => {
        const words = JSON.stringify(rows)
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(words) }).end(words)
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

process.once('disconnect', () => process.exit(0))
process.once('message', (order: unknown) => {
  if (!isOrder(order)) return
  serve(order).then(
    (port) => process.send?.({ port } satisfies BareReport),
    (error: unknown) => process.send?.({ fault: String(error) } satisfies BareReport),
  )
})
