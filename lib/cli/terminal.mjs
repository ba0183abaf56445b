/** What the commands write to the terminal. Plain JavaScript: the bootstrap runs it before anything is installed. */

const TOLD_EVERY_MS = 10_000
const KEPT_OUTPUT_CHARACTERS = 20_000

// A closed terminal or pipe must not end a server that is serving.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

/** @param {string} [line] */
export function say(line = '') {
  process.stdout.write(`${line}\n`)
}

/** A problem the person at the terminal can mend: shown as it is, without a stack. */
export class Fault extends Error {
  /** @param {string} message what is wrong and what to do */
  constructor(message) {
    super(message)
    this.name = 'Fault'
  }
}

/** @param {number} since from `performance.now()` */
export function secondsSince(since) {
  const seconds = (performance.now() - since) / 1000
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
}

/**
 * Runs one long step: a line when it starts, one every ten seconds, one with the time it took.
 * @template T
 * @param {string} doing e.g. `Building the screens`
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(doing, work) {
  const began = performance.now()
  say(`${doing} …`)
  const timer = setInterval(() => say(`${doing} … ${secondsSince(began)}`), TOLD_EVERY_MS)
  timer.unref()
  try {
    const result = await work()
    say(`${doing}: done in ${secondsSince(began)}`)
    return result
  } finally {
    clearInterval(timer)
  }
}

/**
 * Collects what a child process writes, its last part only, to be shown when it fails.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => string}
 */
export function keepOutput(child) {
  let kept = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      kept = (kept + text).slice(-KEPT_OUTPUT_CHARACTERS)
    })
  }
  return () => kept.trim()
}
