/** How a command ends: everything that was opened is closed again, last first, whoever asks for the end. */
import { Fault, say } from '#lib/cli/terminal.mjs'
import { ConfigFault } from '#lib/env.ts'

type Closing = {
  close: () => unknown
  /** What a second Ctrl+C does instead of waiting. Must not wait for anything. */
  force?: () => void
}

const CLOSE_LIMIT_MS = 45_000
/** The code shells expect after Ctrl+C. */
const INTERRUPTED = 130

const closings: Closing[] = []
let ending: Promise<never> | undefined
let signalCode = INTERRUPTED

/** Registers what must be closed at the end; call the answer when it has been closed earlier. */
export function closeAtEnd(closing: Closing): () => void {
  closings.push(closing)
  return () => {
    const index = closings.indexOf(closing)
    if (index >= 0) closings.splice(index, 1)
  }
}

export const isEnding = () => ending !== undefined

/** From now on Ctrl+C is the expected end of the command, not an interruption of its work. */
export function expectEnd() {
  signalCode = 0
}

async function closeAll(): Promise<boolean> {
  let isClean = true
  for (let closing = closings.pop(); closing; closing = closings.pop()) {
    const { close } = closing
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`closing took longer than ${CLOSE_LIMIT_MS / 1000} s`)), CLOSE_LIMIT_MS)
    })
    try {
      await Promise.race([close(), limit])
    } catch (error) {
      isClean = false
      say(`While stopping: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      clearTimeout(timer)
    }
  }
  return isClean
}

/** Closes everything and exits with this code. */
export function end(code: number): Promise<never> {
  ending ??= closeAll().then((isClean) => process.exit(isClean ? code : code || 1))
  return ending
}

function force() {
  for (const closing of closings.toReversed()) closing.force?.()
  process.exit(INTERRUPTED)
}

const isForbidden = (error: unknown): error is Error => error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')

/** Shows a fault as a sentence and a defect with its stack. */
export function tellError(error: unknown) {
  if (error instanceof ConfigFault || error instanceof Fault) say(`\n${error.message}`)
  else if (isForbidden(error))
    say(`\n${error.message}\nThis folder or something in it belongs to another user. Start as that user, or give this one the folder.`)
  else say(`\n${error instanceof Error ? error.stack : String(error)}`)
}

/** Runs a command to its end: signals, a killed bootstrap and errors all close what is open. `main` answers the exit code, or serves. */
export function runCommand(main: () => Promise<number | 'serving'>, onStopping: () => void = () => {}) {
  const askToEnd = () => {
    if (ending) return force()
    onStopping()
    void end(signalCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askToEnd)
  const fail = (error: unknown) => {
    // What fails because it is being closed is no news.
    if (ending) return
    tellError(error)
    void end(1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  if (process.channel) {
    // The bootstrap was killed: nobody else would ever stop us.
    process.once('disconnect', () => {
      if (!ending) askToEnd()
    })
    process.channel.unref()
  }
  main().then((code) => {
    if (code !== 'serving' && !ending) void end(code)
  }, fail)
}
