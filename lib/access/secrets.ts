import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** 256 random bits for a cookie or a link. */
export const newToken = () => randomBytes(32).toString('base64url')

/** What the database keeps of a token. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** argon2id (the library's default), 64 MiB, three passes: above the floor of OWASP's password storage sheet (19 MiB, two passes). */
const ARGON = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }

const AT_ONCE = 4
let running = 0
const waiting: (() => void)[] = []

/** At most four hashes at once, so that a burst of tries cannot take the memory of the calls. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

export const hashPassword = (password: string) => inTurn(() => hash(password, ARGON))

export const isPassword = (passwordHash: string, password: string) => inTurn(() => verify(passwordHash, password))

let nobody: Promise<string> | undefined

/** The same work for an unknown account, so that it answers as slowly as a known one. */
export async function spendPasswordTime(password: string): Promise<void> {
  nobody ??= hashPassword(newToken())
  await isPassword(await nobody, password)
}
