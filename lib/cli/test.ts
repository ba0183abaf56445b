/** `npm test`: every check there is, from lint to the browser, with all of its own set-up. The last line says how many passed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkout } from '#lib/cli/checkout.ts'
import { runChild } from '#lib/cli/children.ts'
import { readRecord } from '#lib/cli/records.ts'
import { closeAtEnd, isEnding, runCommand, tellError } from '#lib/cli/stopping.ts'
import { say, secondsSince } from '#lib/cli/terminal.mjs'
import { ensureBuilt, openStage } from '#lib/cli/test-stage.ts'
import { childEnvironment } from '#lib/env.ts'

type Tally = { passed: number; failed: number }

const tally: Tally = { passed: 0, failed: 0 }

async function check(name: string, work: () => Promise<void>): Promise<boolean> {
  const began = performance.now()
  say(`${name} …`)
  try {
    await work()
    tally.passed += 1
    say(`${name}: passed (${secondsSince(began)})`)
    return true
  } catch (error) {
    if (isEnding()) throw error
    tally.failed += 1
    say(`${error instanceof Error ? error.message.trim() : String(error)}\n${name}: FAILED (${secondsSince(began)})`)
    return false
  }
}

async function runTool(script: string[], args: string[]): Promise<void> {
  const { code, output } = await runChild(process.execPath, [path.join('node_modules', ...script), ...args], { cwd: checkout, env: childEnvironment() })
  if (code !== 0) throw new Error(output)
}

/** Runs Playwright's tests and adds them to the tally. A runner that leaves no summary counts as one failure. */
async function runTests(args: string[]): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'callside-test-'))
  closeAtEnd({ close: () => rmSync(scratch, { recursive: true, force: true }) })
  const summary = path.join(scratch, 'summary.json')
  const environment = { ...(await openStage()), CALLSIDE_TEST_SUMMARY: summary }
  const cli = path.join('node_modules', 'playwright', 'cli.js')
  const { code } = await runChild(process.execPath, [cli, 'test', '-c', path.join('tests', 'playwright.config.ts'), ...args], {
    cwd: checkout,
    env: environment,
    isShown: true,
  })
  const result = readRecord<Tally>(summary)
  tally.passed += result?.passed ?? 0
  tally.failed += result?.failed ?? 0
  if (!result || (code !== 0 && result.failed === 0)) {
    tally.failed += 1
    say(`The test runner ended with code ${code}${result ? '' : ' and left no summary'}.`)
  }
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  await check('Lint (Biome)', () => runTool(['@biomejs', 'biome', 'bin', 'biome'], ['check', '--error-on-warnings', '.']))
  // Before the types: they include those that the build writes.
  const isBuildGood = await check('Production build', ensureBuilt)
  await check('Types (tsc)', () => runTool(['typescript', 'bin', 'tsc'], ['--noEmit', '-p', '.']))
  if (isBuildGood) {
    await runTests(args).catch((error: unknown) => {
      if (isEnding()) return
      tally.failed += 1
      tellError(error)
    })
  } else {
    say('The tests did not run: there is no build to test.')
    tally.failed += 1
  }
  return tally.failed > 0 ? 1 : 0
}

/** The last word, whatever ended the run: written when all else is closed. */
closeAtEnd({ close: () => say(`${tally.passed} passed, ${tally.failed} failed`) })

runCommand(main, () => {
  say('\nStopping …')
  tally.failed += 1
})
