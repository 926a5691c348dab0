import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const IV = 12
const TAG = 16

/** A key for nothing else but secrets, made of one of the workspace's. */
const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', 'baton secrets v1', 32))

/**
 * Encrypts what a secret holds, bound to its name, so that it stands in no dump, no log and no page as it is.
 * @param keys the workspace's keys, newest first
 * @throws when there is no key
 */
export function sealSecret(keys: readonly string[], name: string, value: string): string {
  const [newest] = keys
  if (!newest) throw new Error('The workspace has no key. Run migrate: it makes one.')
  const iv = randomBytes(IV)
  const cipher = createCipheriv(CIPHER, keyOf(newest), iv).setAAD(Buffer.from(name))
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`
}

/** What a sealed secret holds; undefined where none of the keys opens it, or it belongs to another name. */
export function openSecret(keys: readonly string[], name: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url')
  if (!sealed.startsWith('v1.') || bytes.length < IV + TAG) return undefined
  for (const key of keys) {
    const decipher = createDecipheriv(CIPHER, keyOf(key), bytes.subarray(0, IV)).setAAD(Buffer.from(name))
    decipher.setAuthTag(bytes.subarray(IV, IV + TAG))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8')
    } catch {
      // Sealed with another of the keys.
    }
  }
  return undefined
}
