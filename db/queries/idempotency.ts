import { and, eq, lt, sql } from 'drizzle-orm'
import type { Reader } from '../client.ts'
import { idempotencyKeys } from '../schema/audit.ts'

/** Takes the key for this transaction. False when it is known; waits while another transaction holds it. */
export async function claimKey(db: Reader, personId: string, key: string, requestHash: string): Promise<boolean> {
  const rows = await db.insert(idempotencyKeys).values({ personId, key, requestHash }).onConflictDoNothing().returning({ key: idempotencyKeys.key })
  return rows.length > 0
}

export async function findKey(db: Reader, personId: string, key: string) {
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.personId, personId), eq(idempotencyKeys.key, key)))
  return row
}

export async function keepAnswer(db: Reader, personId: string, key: string, status: number, answer: unknown, etag: string | null) {
  await db
    .update(idempotencyKeys)
    .set({ status, answer, etag })
    .where(and(eq(idempotencyKeys.personId, personId), eq(idempotencyKeys.key, key)))
}

/** Keys are kept for 72 hours, longer than anything waits on a desk. */
export async function deleteOldKeys(db: Reader) {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - interval '72 hours'`))
}
