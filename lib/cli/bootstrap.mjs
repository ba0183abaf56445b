/**
 * What every npm script runs first, on any Node from 18 on and before anything is installed: installs, finds the pinned Node
 * and hands over to the command's own script.
 */
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, installDependencies } from './install.mjs'
import { takeLock } from './lock.mjs'
import { checkPort } from './port.mjs'
import { watchParent } from './processes.mjs'
import { Fault, say } from './terminal.mjs'

/** What each command runs. */
const SCRIPTS = new Map([
  ['start', 'start.ts'],
  ['test', 'test.ts'],
  ['smoke', 'smoke.ts'],
  ['bench', 'bench.ts'],
  ['verify', 'verify-audit.ts'],
])
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
// One Ctrl+C can arrive twice: from the terminal and from npm.
const SAME_SIGNAL_MS = 400

const root = realpathSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..'))

/** How to end what runs now. Replaced as the work moves on. */
let stopCurrent = (/** @type {NodeJS.Signals} */ _signal, /** @type {boolean} */ _force) => {}
let isStopped = false

function passSignalsOn() {
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
  if (process.env.npm_lifecycle_event) watchParent(() => count === 0 && pass('SIGTERM'))
}

/** Only a first look: `start` reads the settings properly and looks again. */
async function checkWantedPort() {
  const { PORT, HOST, DATABASE_URL } = process.env
  const port = Number(PORT || 3000)
  if (Number.isInteger(port) && port > 0 && port < 65536) await checkPort(port, HOST || (DATABASE_URL ? '0.0.0.0' : '127.0.0.1'))
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
function run(/** @type {string} */ node, /** @type {string} */ script, /** @type {string[]} */ args) {
  // A session of its own: the terminal's Ctrl+C reaches it through us only, so once. The channel tells it when we are killed.
  const child = spawn(node, [path.join('lib', 'cli', script), ...args], {
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
  const [command = '', ...args] = process.argv.slice(2)
  const script = SCRIPTS.get(command)
  if (!script) throw new Fault(`There is no command "${command}". Use one of: ${[...SCRIPTS.keys()].join(', ')}.`)
  stopCurrent = () => process.exit(130)
  passSignalsOn()
  if (command === 'start') await checkWantedPort()
  const node = await prepare()
  return isStopped ? 130 : run(node, script, args)
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
