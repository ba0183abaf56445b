/** This checkout: where it is, what is locked while it is changed, and which of its servers run. */
import { realpathSync } from 'node:fs'
import path from 'node:path'
import { takeLock } from '#lib/cli/lock.mjs'
import { joinMembers, liveMembers } from '#lib/cli/records.ts'
import { say } from '#lib/cli/terminal.mjs'

export const checkout = realpathSync(path.join(import.meta.dirname, '..', '..'))

/** Records, secrets and the demo's accounts. Never committed. */
export const dataFolder = path.join(checkout, '.data')

const serversFolder = path.join(dataFolder, 'servers')

export const lockCheckout = () =>
  takeLock(path.join(dataFolder, 'locks', 'checkout'), (holder) => {
    say(`Waiting for process ${holder.pid}, which installs, builds or migrates this checkout …`)
  })

/** Servers that serve this checkout's build now. */
export const liveServers = () => liveMembers(serversFolder)

/** Writes this process down as one that serves the build; call the answer when it no longer does. */
export const joinServers = () => joinMembers(serversFolder)
