import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Names, numbers and places are sealed before they reach the database; the key never does. */
let key: Buffer | undefined

/** Sets the key for this process: 32 bytes in base64. */
export function openSealing(dataKey: string) {
  const bytes = Buffer.from(dataKey, 'base64')
  if (bytes.length !== 32) throw new Error('the data key is not 32 bytes')
  key = bytes
}

function heldKey(): Buffer {
  if (!key) throw new Error('no data key: sealing is closed')
  return key
}

/** AES-256-GCM. `place` names table, column and row, so that a sealed value moved elsewhere does not open. */
export function seal(words: string, place: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', heldKey(), nonce)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** Throws when the key or the place is another, or the value was changed. */
export function unseal(value: string, place: string): string {
  const [version, body] = value.split('.')
  if (version !== 'v1' || !body) throw new Error('a sealed value has an unknown form')
  const bytes = Buffer.from(body, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', heldKey(), bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
