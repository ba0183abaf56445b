/** A browser for the tests: one that is here, or else one that is fetched. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { checkout } from '#lib/cli/checkout.ts'
import { runChild } from '#lib/cli/children.ts'
import { Fault, step } from '#lib/cli/terminal.mjs'
import { childEnvironment, readBrowserPath } from '#lib/env.ts'

const INSTALLED: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/local/bin/chromium',
    '/usr/local/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'],
}

const ADVICE = 'Install Chromium or Chrome, or set CALLSIDE_BROWSER to the path of one, then run the same command again.'

/** Present is not enough: Ubuntu has a stub in its place, and a browser without its libraries does not start. */
function doesRun(program: string): boolean {
  if (!existsSync(program)) return false
  // On Windows the question opens a window instead of being answered.
  return process.platform === 'win32' || spawnSync(program, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0
}

const findInstalled = () => (INSTALLED[process.platform] ?? []).find(doesRun)

async function findPlaywrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import('playwright')
  const program = chromium.executablePath()
  return doesRun(program) ? program : undefined
}

async function fetchPlaywrightsOwn(): Promise<string | undefined> {
  const cli = path.join('node_modules', 'playwright', 'cli.js')
  const { code } = await step('Fetching a browser for the tests (Chromium)', () =>
    runChild(process.execPath, [cli, 'install', 'chromium'], { cwd: checkout, env: childEnvironment() }),
  )
  return code === 0 ? findPlaywrightsOwn() : undefined
}

async function installPackage(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  const env = childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' })
  const apt = (...args: string[]) => runChild('/usr/bin/apt-get', args, { cwd: checkout, env })
  await step('Installing the package chromium (apt-get)', async () => {
    await apt('update')
    return apt('install', '--yes', '--no-install-recommends', 'chromium')
  })
  return findInstalled()
}

/** The path of a browser that runs here. */
export async function findBrowser(): Promise<string> {
  const chosen = readBrowserPath()
  if (chosen && !doesRun(chosen)) throw new Fault(`CALLSIDE_BROWSER is ${chosen}, which does not run here. ${ADVICE}`)
  const browser = chosen ?? findInstalled() ?? (await findPlaywrightsOwn()) ?? (await fetchPlaywrightsOwn()) ?? (await installPackage())
  if (!browser) throw new Fault(`There is no browser for the tests, and none could be fetched. ${ADVICE}`)
  return browser
}
