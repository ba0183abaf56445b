/** Progress and failures in plain lines, and a summary file for `npm test`. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestError, TestResult } from 'playwright/types/testReporter'

const PARENT_CHECK_MS = 1000

/** Colours are for terminals, not for logs. */
const write = (text: string) => process.stdout.write(process.stdout.isTTY ? text : stripVTControlCharacters(text))

const titleOf = (test: TestCase) => test.titlePath().filter(Boolean).join(' › ')

/** What went wrong, when anything did. Nothing may be skipped, flaky, interrupted or left out here: a test that did not pass failed. */
function faultOf(test: TestCase): string | undefined {
  if (test.results.length === 0) return 'did not run'
  if (test.results.some((result) => result.status === 'interrupted')) return 'interrupted'
  const outcome = test.outcome()
  if (outcome === 'expected') return undefined
  return outcome === 'unexpected' ? 'failed' : outcome
}

const textOf = (error: TestError) => (error.stack ?? error.message ?? error.value ?? '').trimEnd()

export default class PlainReporter implements Reporter {
  private readonly summary: string | undefined
  private suite: Suite | undefined
  private total = 0
  private done = 0
  private errors = 0
  private readonly leftInFile = new Map<string, number>()

  constructor(options: { summary?: string }) {
    this.summary = options.summary
  }

  printsToStdio() {
    return true
  }

  onBegin(_config: FullConfig, suite: Suite) {
    this.suite = suite
    const tests = suite.allTests()
    this.total = tests.length
    for (const test of tests) this.leftInFile.set(this.fileOf(test), (this.leftInFile.get(this.fileOf(test)) ?? 0) + 1)
    write(`Running ${this.total} tests\n`)
    this.endWithParent()
  }

  onTestEnd(test: TestCase, result: TestResult) {
    this.done += 1
    if (test.outcome() !== 'expected') {
      write(`\nFAILED  ${titleOf(test)}  (${result.status}, ${result.duration} ms)\n`)
      write(`        ${path.relative(process.cwd(), test.location.file)}:${test.location.line}\n`)
      for (const error of result.errors) write(`${textOf(error)}\n${error.snippet ?? ''}\n`)
    }
    const file = this.fileOf(test)
    const left = (this.leftInFile.get(file) ?? 1) - 1
    this.leftInFile.set(file, left)
    if (left === 0) write(`${String(this.done).padStart(5)}/${this.total}  ${file}\n`)
  }

  onStdOut(chunk: string | Buffer) {
    write(chunk.toString())
  }

  onStdErr(chunk: string | Buffer) {
    write(chunk.toString())
  }

  onError(error: TestError) {
    this.errors += 1
    write(`\nERROR   ${textOf(error)}\n${error.snippet ?? ''}\n`)
  }

  onEnd(result: FullResult) {
    const faults = (this.suite?.allTests() ?? []).flatMap((test) => {
      const fault = faultOf(test)
      return fault ? [`${fault.padEnd(12)}${titleOf(test)}`] : []
    })
    // An ending without a fault of its own, e.g. an overall time-out, is still no pass.
    const isUnexplained = result.status !== 'passed' && faults.length + this.errors === 0
    const failed = faults.length + this.errors + (isUnexplained ? 1 : 0)
    if (faults.length > 0) write(`\nNot passed:\n${faults.map((fault) => `  ${fault}\n`).join('')}`)
    if (isUnexplained) write(`\nThe run ended as "${result.status}".\n`)
    if (this.summary) writeFileSync(this.summary, JSON.stringify({ passed: this.total - faults.length, failed }))
  }

  private fileOf(test: TestCase) {
    return path.relative(process.cwd(), test.location.file)
  }

  /** Nobody waits for the result once the command that started the runner was killed; its database is about to go too. */
  private endWithParent() {
    const parent = process.ppid
    const timer = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(timer)
      process.kill(process.pid, 'SIGINT')
    }, PARENT_CHECK_MS)
    timer.unref()
  }
}
