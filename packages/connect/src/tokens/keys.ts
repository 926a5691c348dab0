import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * A signing key. The first of a list signs, all of them verify: to rotate, put the new key in front and keep the old
 * ones, since an unsubscribe link must work as long as the mail exists. Ids are unique and never used again.
 */
export type TokenKey = { id: string; secret: string }

// 128 bits: forging one needs 2^128 tries; half of SHA-256's length keeps links short.
const MAC_BYTES = 16
const SHORTEST_SECRET = 16
// A field may hold anything but the separator, which encodeURIComponent never leaves.
const SEPARATOR = '/'

const macOf = (secret: string, body: string): Buffer => {
  if (secret.length < SHORTEST_SECRET) throw new Error(`A token secret needs at least ${SHORTEST_SECRET} characters.`)
  return createHmac('sha256', secret).update(body).digest().subarray(0, MAC_BYTES)
}

/**
 * Signs a list of fields as one URL-safe word, `body.mac`.
 * @throws when there is no key, or a secret is too short to be one: a mistake in the set-up
 */
export function signFields(keys: readonly TokenKey[], fields: readonly string[]): string {
  const key = keys[0]
  if (!key) throw new Error('There is no key to sign with.')
  const body = Buffer.from([key.id, ...fields].map(encodeURIComponent).join(SEPARATOR)).toString('base64url')
  return `${body}.${macOf(key.secret, body).toString('base64url')}`
}

/** The fields of a token that one of the keys signed; undefined for everything else. Never throws for a token. */
export function verifyFields(keys: readonly TokenKey[], token: string): string[] | undefined {
  const match = /^([\w-]{1,1024})\.([\w-]{1,64})$/.exec(token)
  const [, body, mac] = match ?? []
  if (body === undefined || mac === undefined) return undefined
  let fields: string[]
  try {
    fields = Buffer.from(body, 'base64url').toString().split(SEPARATOR).map(decodeURIComponent)
  } catch {
    return undefined
  }
  const key = keys.find(({ id }) => id === fields[0])
  if (!key) return undefined
  const expected = macOf(key.secret, body)
  const given = Buffer.from(mac, 'base64url')
  // The last base64 digit has spare bits: without the second comparison several spellings would pass.
  if (given.length !== expected.length || given.toString('base64url') !== mac) return undefined
  return timingSafeEqual(given, expected) ? fields.slice(1) : undefined
}
