/** Every process of a case: found by a mark in its environment, or by working below one of the case's folders. Linux only. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { startOf } from '#lib/cli/processes.mjs'
import { readRecord } from '#lib/cli/records.ts'

export const MARK = 'CALLSIDE_SMOKE'

/** Where root's databases of a clone are, outside the clone. */
export const rootFolderOf = (clone: string) => readRecord<{ folder: string }>(`${clone}/.data/postgres-folder.json`)?.folder

function isMarked(pid: number, mark: string, folders: string[]): boolean {
  try {
    if (readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${MARK}=${mark}`)) return true
    // Postgres is started with an environment of its own.
    const folder = readlinkSync(`/proc/${pid}/cwd`)
    return folders.some((each) => folder === each || folder.startsWith(`${each}/`))
  } catch {
    // It ended meanwhile, or is another user's and none of ours.
    return false
  }
}

export function findProcesses(mark: string, folders: string[]): number[] {
  if (!existsSync('/proc/self/environ')) return []
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
  return pids.filter((pid) => startOf(pid) !== undefined && isMarked(pid, mark, folders))
}

export const nameOf = (pid: number) => {
  try {
    return `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()}`
  } catch {
    return `${pid}`
  }
}

export function killAll(pids: number[]) {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended meanwhile.
    }
  }
}
