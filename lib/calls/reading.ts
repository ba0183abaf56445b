import type { Reader } from '#db/client.ts'
import { type CallFilter, type Cursor, findCallRecord, listCalls as queryCalls } from '#db/queries/calls.ts'
import { type Actor, scopeOf } from '#lib/access/actor.ts'
import { auditCall } from '#lib/audit/service.ts'
import { Refusal } from '#lib/refusal.ts'
import { presentRecord } from './present.ts'

/** One call in the actor's scope with everything that hangs on it. Reading another's writes an audit event first, or nothing is shown. */
export async function getCall(db: Reader, actor: Actor, input: { id: string }) {
  const call = await findCallRecord(db, scopeOf(actor), input.id)
  if (!call) throw new Refusal('not-found')
  if (call.agentId !== actor.id) await auditCall(db, actor, 'call.read', call)
  const { ledgers, ...row } = call
  return presentRecord(row, ledgers)
}

type ListInput = Omit<CallFilter, 'from' | 'to'> & { from?: string | undefined; to?: string | undefined; cursor?: string | undefined; limit: number }

/** A page of calls in the actor's scope, newest first; `nextCursor` is null on the last. Refuses a cursor it did not make. */
export async function listCalls(db: Reader, actor: Actor, input: ListInput) {
  const { cursor, limit, from, to, ...rest } = input
  if (rest.whose === 'team' && !actor.roles.includes('supervisor')) throw new Refusal('not-allowed', "Only supervisors see a team's calls")
  const filter: CallFilter = { ...rest, ...(from ? { from: new Date(from) } : {}), ...(to ? { to: new Date(to) } : {}) }
  const rows = await queryCalls(db, scopeOf(actor), filter, cursor ? readCursor(cursor) : null, limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    calls: page.map(({ cursorAt, ...row }) => ({ ...row, startedAt: row.startedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null })),
    nextCursor: rows.length > limit && last ? writeCursor({ startedAt: last.cursorAt, id: last.id }) : null,
  }
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.startedAt} ${cursor.id}`).toString('base64url')
}

const CURSOR = /^([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

function readCursor(words: string): Cursor {
  const [, startedAt, id] = CURSOR.exec(Buffer.from(words, 'base64url').toString('utf8')) ?? []
  if (!startedAt || !id || !isOnCalendar(startedAt)) throw new Refusal('invalid-input', 'That page is not one of this list')
  return { startedAt, id }
}

/** False for a thirtieth of February, which a date of JavaScript's takes for a day in March. */
function isOnCalendar(instant: string): boolean {
  const date = new Date(instant)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === instant.slice(0, 19)
}
