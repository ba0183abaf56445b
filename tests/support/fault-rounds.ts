/** How long fault tests go on, and what they choose at random. */
import { randomInt } from 'node:crypto'

export type Chance = {
  seed: number
  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number
}

/** `CALLSIDE_FAULT_ROUNDS` for a long run, else what `npm test` has time for. */
export const roundsOr = (few: number): number => Number(process.env.CALLSIDE_FAULT_ROUNDS) || few

/** Room for so many rounds, each with its restart on a machine that is busy with other tests. */
export const roundsTimeout = (rounds: number): number => 60_000 + rounds * 15_000

/** Says its seed, so that `CALLSIDE_FAULT_SEED` can choose the same again. */
export function openChance(name: string): Chance {
  const seed = Number(process.env.CALLSIDE_FAULT_SEED) || randomInt(1, 2 ** 31)
  process.stdout.write(`        ${name}: seed ${seed}\n`)
  let state = seed
  return {
    seed,
    below(limit) {
      // mulberry32
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
    },
  }
}
