/** Long-running programs that a command starts and must not leave behind. */
import { spawn } from 'node:child_process'
import { closeAtEnd, isEnding } from '#lib/cli/stopping.ts'
import { keepOutput } from '#lib/cli/terminal.mjs'

const KILL_AFTER_MS = 10_000
const hasGroups = process.platform !== 'win32'

export type ChildResult = { code: number; output: string }

type ChildOptions = {
  cwd: string
  env: NodeJS.ProcessEnv
  /** Shown as it comes instead of being kept. */
  isShown?: boolean
  onStart?: (pid: number) => void
}

/** To the whole group: a build has workers of its own. */
function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(hasGroups ? -pid : pid, signal)
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Runs a program to its end. When the command ends first, so does the program. A program that cannot be started has the code 127. */
export function runChild(program: string, args: string[], options: ChildOptions): Promise<ChildResult> {
  // Nothing new once everything is being closed.
  if (isEnding()) return new Promise(() => {})
  const out = options.isShown ? 'inherit' : 'pipe'
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', out, out], detached: hasGroups })
  const output = keepOutput(child)
  const ended = new Promise<ChildResult>((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output: output() }))
  })
  const { pid } = child
  if (pid === undefined) return ended
  options.onStart?.(pid)
  const forget = closeAtEnd({
    close: async () => {
      signalGroup(pid, 'SIGTERM')
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), KILL_AFTER_MS)
      await ended
      clearTimeout(timer)
    },
    force: () => signalGroup(pid, 'SIGKILL'),
  })
  return ended.finally(forget)
}
