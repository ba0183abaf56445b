import { and, eq, lt, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../client.ts'
import { idempotencyKeys } from '../schema/audit.ts'

const claim = prepared((db) =>
  db
    .insert(idempotencyKeys)
    .values({ personId: sql.placeholder('personId'), key: sql.placeholder('key'), requestHash: sql.placeholder('requestHash') })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
    .prepare('claim_key'),
)

/** Takes the key for this transaction. False when it is known; waits while another transaction holds it. */
export async function claimKey(db: Reader, personId: string, key: string, requestHash: string): Promise<boolean> {
  const rows = await claim(db).execute({ personId, key, requestHash })
  return rows.length > 0
}

export async function findKey(db: Reader, personId: string, key: string) {
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.personId, personId), eq(idempotencyKeys.key, key)))
  return row
}

const keep = prepared((db) =>
  db
    .update(idempotencyKeys)
    .set({ status: sql`${sql.placeholder('status')}`, answer: sql`${sql.placeholder('answer')}`, etag: sql`${sql.placeholder('etag')}` })
    .where(and(eq(idempotencyKeys.personId, sql.placeholder('personId')), eq(idempotencyKeys.key, sql.placeholder('key'))))
    .prepare('keep_answer'),
)

export async function keepAnswer(db: Reader, personId: string, key: string, answer: { status: number; body: unknown; etag: string | null }) {
  await keep(db).execute({ personId, key, status: answer.status, answer: JSON.stringify(answer.body), etag: answer.etag })
}

/** Keys are kept for 72 hours, longer than anything waits on a desk. */
export async function deleteOldKeys(db: Reader) {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - interval '72 hours'`))
}
