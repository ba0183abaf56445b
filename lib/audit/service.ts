import type { Reader } from '#db/client.ts'
import { insertAuditEvent } from '#db/queries/audit.ts'
import type { Actor } from '#lib/access/actor.ts'

type CallScope = { id: string; agentId: string; teamId: string }
type Detail = Record<string, string | number | boolean | null>

/** Records what an actor did to, or read of, a call; in the transaction of the act. */
export async function auditCall(tx: Reader, actor: Actor, kind: string, call: CallScope, subjectId = call.id, detail: Detail = {}) {
  await insertAuditEvent(tx, {
    kind,
    actorId: actor.id,
    sessionId: actor.sessionId,
    ip: actor.ip,
    subjectId,
    callId: call.id,
    scopePersonId: call.agentId,
    scopeTeamId: call.teamId,
    detail,
  })
}

/** Records an act that belongs to no call. */
export async function audit(tx: Reader, actor: Actor, kind: string, subjectId: string | null = null, detail: Detail = {}) {
  await insertAuditEvent(tx, { kind, actorId: actor.id, sessionId: actor.sessionId, ip: actor.ip, subjectId, detail })
}
