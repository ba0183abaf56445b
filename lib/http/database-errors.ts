import { setTimeout as wait } from 'node:timers/promises'
import { Refusal } from '#lib/refusal.ts'

const RETRY = new Set(['40001', '40P01'])
const BUSY = new Set(['55P03', '57014', '57P01', '57P02', '57P03', '53300', '53100', '25P03', '08006', '08003', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])
/** A new call drew a reference that another call has. */
const TAKEN_REFERENCE = 'calls_reference_unique'
const LOST = /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|not queryable/i

/** The database's own code for an error, wherever the driver put it. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : undefined
}

function constraintOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint
  return 'cause' in error ? constraintOf(error.cause) : undefined
}

function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return LOST.test(error.message) || isLost(error.cause)
}

/** True when the database could not answer in time or at all: a 503, not a defect. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error)
  return (code !== undefined && BUSY.has(code)) || isLost(error)
}

function isWorthAnother(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && (RETRY.has(code) || (code === '23505' && constraintOf(error) === TAKEN_REFERENCE))
}

/** Runs a transaction again, at most three times, when the database says that it would have worked alone. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isWorthAnother(error)) throw error
      if (attempt === 3) throw new Refusal('busy')
      await wait(Math.random() * 20 * attempt)
    }
  }
}
