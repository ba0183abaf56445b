import { sql } from 'drizzle-orm'
import type { Scope } from '#lib/access/actor.ts'
import type { Reader } from '../client.ts'

/** Where the chain ends now: the cursor of live updates. */
export async function newestPosition(db: Reader): Promise<number> {
  const result = await db.execute<{ position: string }>(sql`SELECT position::text FROM audit_head WHERE id = 1`)
  return Number(result.rows[0]?.position ?? 0)
}

/** What happened in the actor's scope after a position, at most 500: a longer gap is a reason to ask for everything again. */
export async function listEventsAfter(db: Reader, scope: Scope, position: number) {
  const result = await db.execute<{ position: string; kind: string; id: string | null; person: string | null; team: string | null }>(sql`
    SELECT c.position::text, e.kind, e.subject_id AS id, e.scope_person_id AS person, e.scope_team_id AS team
    FROM audit_chain c JOIN audit_events e ON e.id = c.event_id
    WHERE c.position > ${position} AND e.kind <> 'call.read' AND (e.scope_person_id = ${scope.personId} OR e.scope_team_id = ${scope.teamId}::uuid)
    ORDER BY c.position LIMIT 500`)
  return result.rows.map((row) => ({ ...row, position: Number(row.position) }))
}
