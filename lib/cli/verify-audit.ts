/** `npm run verify`: whether the audit chain is whole, in the demo's database or the one that DATABASE_URL names. The exit code is 1 when it is not. */
import { lockCheckout } from '#lib/cli/checkout.ts'
import { openDatabase } from '#lib/cli/database.ts'
import { runCommand } from '#lib/cli/stopping.ts'

runCommand(async () => {
  const lock = await lockCheckout()
  const { databaseUrl } = await openDatabase()
  lock.release()
  const { verify } = await import('#lib/cli/verify.ts')
  return (await verify(databaseUrl)) ? 0 : 1
})
