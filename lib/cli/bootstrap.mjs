/**
 * What every npm script runs first, on any Node from 18 on and before anything is installed: installs, finds the pinned Node
 * and hands over to `lib/cli/<command>.ts`. With `--npm` it ends when the npm that started it does.
 */
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, installDependencies } from './install.mjs'
import { takeLock } from './lock.mjs'
import { watchParent } from './processes.mjs'
import { Fault, say } from './terminal.mjs'

const COMMANDS = ['start', 'test', 'smoke', 'bench', 'verify']
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
// One Ctrl+C can arrive twice: from the terminal and from npm.
const SAME_SIGNAL_MS = 400

const root = realpathSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..'))

/** How to end what runs now. Replaced as the work moves on. */
let stopCurrent = (/** @type {NodeJS.Signals} */ _signal, /** @type {boolean} */ _force) => {}
let isStopped = false

function passSignalsOn(/** @type {boolean} */ isFromNpm) {
  let lastAt = Number.NEGATIVE_INFINITY
  let count = 0
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    const now = performance.now()
    if (now - lastAt < SAME_SIGNAL_MS) return
    lastAt = now
    count += 1
    isStopped = true
    stopCurrent(signal, count > 2)
  }
  for (const signal of STOP_SIGNALS) process.on(signal, () => pass(signal))
  // Where the parent ends because of the same Ctrl+C, that is no second one.
  if (isFromNpm) watchParent(() => count === 0 && pass('SIGTERM'))
}

async function prepare() {
  const lock = await takeLock(path.join(root, '.data', 'locks', 'checkout'), (holder) => {
    say(`Waiting for process ${holder.pid}, which installs, builds or migrates this checkout …`)
  })
  try {
    await installDependencies(root, lock, (stop) => {
      stopCurrent = (signal, force) => stop(force ? 'SIGKILL' : signal)
    })
    return findNode(root)
  } finally {
    lock.release()
  }
}

/** @returns {Promise<number>} the exit code to pass on */
function run(/** @type {string} */ node, /** @type {string} */ command, /** @type {string[]} */ args) {
  // A session of its own: the terminal's Ctrl+C reaches it through us only, so once. The channel tells it when we are killed.
  const child = spawn(node, [path.join('lib', 'cli', `${command}.ts`), ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  })
  stopCurrent = (signal, force) => child.kill(force ? 'SIGKILL' : signal)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (signal && !isStopped) say(`Callside was ended by ${signal}. Run the same command again: it carries on from what is saved.`)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

async function main() {
  const isFromNpm = process.argv[2] === '--npm'
  const [command = '', ...args] = process.argv.slice(isFromNpm ? 3 : 2)
  if (!COMMANDS.includes(command) || !existsSync(path.join(root, 'lib', 'cli', `${command}.ts`))) {
    throw new Fault(`There is no command "${command}". Use one of: ${COMMANDS.join(', ')}.`)
  }
  stopCurrent = () => process.exit(130)
  passSignalsOn(isFromNpm)
  const node = await prepare()
  return isStopped ? 130 : run(node, command, args)
}

main().then(
  (code) => process.exit(code),
  (error) => {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    if (isStopped) say('Stopped.')
    else if (error instanceof Fault) say(`\n${error.message}`)
    else if (code === 'EACCES' || code === 'EPERM')
      say(`\n${error.message}\nThis folder or something in it belongs to another user. Start as that user, or give this one the folder.`)
    else say(error.stack)
    process.exit(isStopped ? 130 : 1)
  },
)
