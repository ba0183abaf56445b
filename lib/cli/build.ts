/** The production build of the screens, made only when something it is made of has changed. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { checkout, liveServers } from '#lib/cli/checkout.ts'
import { runChild } from '#lib/cli/children.ts'
import type { Lock } from '#lib/cli/lock.mjs'
import { Fault } from '#lib/cli/terminal.mjs'
import { childEnvironment } from '#lib/env.ts'

const SOURCES = ['package-lock.json', 'next.config.js', 'tsconfig.json', 'package.json', 'app', 'lib', 'db']

const stamp = path.join(checkout, '.next', 'callside-build')

function filesBelow(name: string): string[] {
  const file = path.join(checkout, name)
  if (!existsSync(file)) return []
  const found = readdirSync(path.dirname(file), { withFileTypes: true }).find((entry) => entry.name === path.basename(file))
  if (!found?.isDirectory()) return [name]
  const entries = readdirSync(file, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)))
}

/** Over names and contents: times say nothing after a clone. */
export function hashSources(): string {
  const hash = createHash('sha256')
  for (const name of SOURCES.flatMap(filesBelow).sort()) {
    const content = readFileSync(path.join(checkout, name))
    hash.update(`${name.replaceAll('\\', '/')}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** True when the build on disk was made from these very sources. */
export function isBuilt(): boolean {
  if (!existsSync(path.join(checkout, '.next', 'BUILD_ID')) || !existsSync(stamp)) return false
  return readFileSync(stamp, 'utf8').trim() === hashSources()
}

/** Builds. Call it with the checkout's lock held; refuses to pull the build away from under a server. */
export async function buildScreens(lock: Lock): Promise<void> {
  const [server] = liveServers()
  if (server) {
    throw new Fault(
      `The code has changed since the running server (process ${server.pid}) was started, and building now would break it. Stop that server first, then run the same command again.`,
    )
  }
  const hash = hashSources()
  rmSync(stamp, { force: true })
  const { code, output } = await runChild(process.execPath, [path.join('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    cwd: checkout,
    env: childEnvironment({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
    onStart: (pid) => lock.share(pid),
  })
  if (code !== 0) throw new Fault(`${output}\n\nThe build failed. Mend what it names above, then run the same command again.`)
  writeFileSync(stamp, `${hash}\n`)
}
