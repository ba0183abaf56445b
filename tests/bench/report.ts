/** What the rounds say, as lines to read. */
import type { BrowserFigures } from './browser.ts'
import { type Figures, median } from './load.ts'
import type { Round, Side, Work } from './measure.ts'

const NAMES: Record<Work, string> = {
  start: 'Start a call',
  save: 'Save a note',
  finish: 'Finish a call',
  get: 'Get one call with its record',
  list: 'Newest page, 100 k calls',
  'list-small': 'Newest page, 10 k calls',
  search: 'Guidance search (floor: SELECT 1)',
}

/** The least share of the bare server's throughput at 16 connections. */
const SHARES: Partial<Record<Work, number>> = { start: 1 / 6, save: 1 / 6, finish: 1 / 6, get: 1 / 4, list: 1 / 4, 'list-small': 1 / 4 }
const LIST_GROWTH_MAX = 1.3
const SEARCH_MAX_MS = 16
const DESK_MAX_KB = 300

export type Report = { lines: string[]; missed: string[] }

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`)
}

const whole = (value: number) => Math.round(value).toLocaleString('en-GB')
const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`

class Judge {
  readonly missed: string[] = []
  judge(name: string, isMet: boolean): string {
    if (!isMet) this.missed.push(name)
    return isMet ? 'pass' : 'FAIL'
  }
}

const over = (rounds: readonly Round[], figure: (round: Round) => number) => median(rounds.map(figure))

function workRows(rounds: readonly Round[], judge: Judge): string[][] {
  const side = (round: Round, work: Work, which: 'ours' | 'floor'): Side => {
    const measured = round.works.get(work)
    if (!measured) throw new Error(`${work} was not measured`)
    return measured[which]
  }
  const head = ['', 'Callside/s', 'bare/s', 'share', 'target', '', 'p50', 'p95', 'bare p50', '1 conn. p50', 'bare p50']
  const rows = (Object.keys(NAMES) as Work[]).map((work) => {
    const many = (which: 'ours' | 'floor', figure: keyof Figures) => over(rounds, (round) => side(round, work, which).many[figure])
    const one = (which: 'ours' | 'floor') => over(rounds, (round) => side(round, work, which).one.p50)
    const share = over(rounds, (round) => side(round, work, 'ours').many.perSecond / side(round, work, 'floor').many.perSecond)
    const target = SHARES[work]
    return [
      NAMES[work],
      whole(many('ours', 'perSecond')),
      whole(many('floor', 'perSecond')),
      share.toFixed(3),
      target ? `≥ ${target.toFixed(3)}` : '–',
      target ? judge.judge(NAMES[work], share >= target) : '',
      milliseconds(many('ours', 'p50')),
      milliseconds(many('ours', 'p95')),
      milliseconds(many('floor', 'p50')),
      milliseconds(one('ours')),
      milliseconds(one('floor')),
    ]
  })
  const growth = over(rounds, (round) => side(round, 'list-small', 'ours').many.perSecond / side(round, 'list', 'ours').many.perSecond)
  const name = 'Newest page, cost at 100 k over cost at 10 k'
  const last = [name, '', '', growth.toFixed(2), `≤ ${LIST_GROWTH_MAX}`, judge.judge(name, growth <= LIST_GROWTH_MAX), '', '', '', '', '']
  return [head, ...rows, last]
}

function floorRows(rounds: readonly Round[]): string[][] {
  const row = (name: string, which: 'select' | 'commit') => [
    name,
    whole(over(rounds, (round) => round[which].many.perSecond)),
    milliseconds(over(rounds, (round) => round[which].many.p50)),
    milliseconds(over(rounds, (round) => round[which].one.p50)),
  ]
  return [['', 'a second', 'p50', '1 conn. p50'], row('SELECT 1', 'select'), row('INSERT … COMMIT', 'commit')]
}

function browserRows(figures: BrowserFigures, judge: Judge): string[][] {
  const { search, keyToPaint, flag } = figures
  const name = { search: 'Search in the browser, compute per keystroke', desk: 'JavaScript of the desk, gzip' }
  return [
    ['', 'p50', 'p95', 'target', ''],
    [name.search, milliseconds(search.p50), milliseconds(search.p95), `p95 ≤ ${SEARCH_MAX_MS} ms`, judge.judge(name.search, search.p95 <= SEARCH_MAX_MS)],
    ['Key typed in the search field to results painted', milliseconds(keyToPaint.p50), milliseconds(keyToPaint.p95), '–', ''],
    ['F8 to emergency card painted and focused', milliseconds(flag.p50), milliseconds(flag.p95), '–', ''],
    [name.desk, `${figures.gzipKb.toFixed(0)} kB`, '', `≤ ${DESK_MAX_KB} kB`, judge.judge(name.desk, figures.gzipKb <= DESK_MAX_KB)],
  ]
}

export function reportOf(rounds: readonly Round[], browser: BrowserFigures | undefined): Report {
  const judge = new Judge()
  const lines = [
    `Callside beside a bare Node server that does the one query, medians of ${rounds.length} interleaved rounds, 16 connections:`,
    '',
    ...table(workRows(rounds, judge)),
    '',
    'pg alone, 16 at a time over 10 connections:',
    '',
    ...table(floorRows(rounds)),
  ]
  if (browser) {
    lines.push(
      '',
      `In ${browser.browser}, on the production build, during a call:`,
      '',
      ...table(browserRows(browser, judge)),
      '',
      `  Compute: lib/guidance/search.ts called in the page, ${browser.search.count} keystrokes. Painted: ${browser.keyToPaint.count} real keys. F8: ${browser.flag.count} presses.`,
      `  JavaScript: ${browser.scripts} scripts, ${browser.rawKb.toFixed(0)} kB before compression, every one that came until the desk was at rest.`,
    )
  }
  return { lines, missed: judge.missed }
}
