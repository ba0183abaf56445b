/** Small files that say what runs, in folders only their owner can read. Always whole: written aside, then renamed. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { identify, isAlive } from '#lib/cli/processes.mjs'

export type ProcessIdentity = { pid: number; startedAt: string }

/** The content, or undefined when there is none that can be read. */
export function readRecord<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return undefined
  }
}

export function writeRecord(file: string, content: unknown) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.draft`
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}

/** The live processes written down in a folder; the dead are crossed out. */
export function liveMembers(folder: string): ProcessIdentity[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return readdirSync(folder).flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const identity = readRecord<ProcessIdentity>(path.join(folder, name))
    if (identity && isAlive(identity)) return [identity]
    rmSync(path.join(folder, name), { force: true })
    return []
  })
}

/** Writes this process down in a folder; call the answer to cross it out. */
export function joinMembers(folder: string): () => void {
  const file = path.join(folder, String(process.pid))
  writeRecord(file, identify(process.pid))
  return () => rmSync(file, { force: true })
}
