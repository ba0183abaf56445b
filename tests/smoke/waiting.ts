import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100

/** Waits until the condition holds, and fails with its words when that takes too long. */
export async function until(what: string, limitSeconds: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + limitSeconds * 1000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${limitSeconds} s: ${what}`)
    await sleep(POLL_MS)
  }
}
