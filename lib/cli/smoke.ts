/** `npm run smoke`: the README's first command, from fresh clones, as different users and through kills. */
import path from 'node:path'
import { checkout } from '#lib/cli/checkout.ts'
import { runChild } from '#lib/cli/children.ts'
import { runCommand } from '#lib/cli/stopping.ts'
import { childEnvironment } from '#lib/env.ts'

runCommand(async () => {
  const script = path.join('tests', 'smoke', 'smoke.ts')
  const { code } = await runChild(process.execPath, [script, ...process.argv.slice(2)], { cwd: checkout, env: childEnvironment(), isShown: true })
  return code
})
