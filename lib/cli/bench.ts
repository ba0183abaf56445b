/** `npm run bench`: the measurements in `tests/bench/`, on a build and an empty Postgres of their own. */
import path from 'node:path'
import { checkout } from '#lib/cli/checkout.ts'
import { runChild } from '#lib/cli/children.ts'
import { runCommand } from '#lib/cli/stopping.ts'
import { ensureBuilt, openStage } from '#lib/cli/test-stage.ts'
import { childEnvironment } from '#lib/env.ts'

runCommand(async () => {
  await ensureBuilt()
  const env = childEnvironment({ NODE_ENV: 'production' }, await openStage())
  const script = path.join('tests', 'bench', 'bench.ts')
  const { code } = await runChild(process.execPath, [script, ...process.argv.slice(2)], { cwd: checkout, env, isShown: true })
  return code
})
