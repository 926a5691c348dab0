import { signFields, type TokenKey, verifyFields } from './keys.ts'

/** A click: which send, and which of its links (0 is the honeypot). The target comes from our own table. */
export type LinkToken = { sendId: string; link: number }
/** An opened mail. */
export type OpenToken = { sendId: string }
/** Who leaves what; an empty topic is all marketing. Holds no address and never expires. */
export type UnsubscribeToken = { contactId: string; topic: string }
/** Whose choices a page shows. Holds no address and never expires. */
export type PreferencesToken = { contactId: string }
/** Who confirms that they agree: by the id of the mail that asked. */
export type ConfirmToken = { askId: string }

// The first field says what a token is for, so that one kind is never taken for another.
const KIND = { link: 'c', open: 'o', unsubscribe: 'u', preferences: 'p', confirm: 'y' } as const

function fieldsOf(keys: readonly TokenKey[], token: string, kind: keyof typeof KIND, count: number): string[] | undefined {
  const fields = verifyFields(keys, token)
  return fields?.[0] === KIND[kind] && fields.length === count + 1 ? fields.slice(1) : undefined
}

/** @throws RangeError when `link` is no whole number from 0 up */
export function signLink(keys: readonly TokenKey[], { sendId, link }: LinkToken): string {
  if (!Number.isSafeInteger(link) || link < 0) throw new RangeError(`${link} is no number of a link.`)
  return signFields(keys, [KIND.link, sendId, String(link)])
}

/** What `signLink` signed, or undefined when anything was changed or the key is unknown. */
export function verifyLink(keys: readonly TokenKey[], token: string): LinkToken | undefined {
  const [sendId, link] = fieldsOf(keys, token, 'link', 2) ?? []
  return sendId !== undefined && link !== undefined ? { sendId, link: Number(link) } : undefined
}

export function signOpen(keys: readonly TokenKey[], { sendId }: OpenToken): string {
  return signFields(keys, [KIND.open, sendId])
}

/** What `signOpen` signed, or undefined. */
export function verifyOpen(keys: readonly TokenKey[], token: string): OpenToken | undefined {
  const [sendId] = fieldsOf(keys, token, 'open', 1) ?? []
  return sendId === undefined ? undefined : { sendId }
}

export function signUnsubscribe(keys: readonly TokenKey[], { contactId, topic }: UnsubscribeToken): string {
  return signFields(keys, [KIND.unsubscribe, contactId, topic])
}

/** What `signUnsubscribe` signed, or undefined. */
export function verifyUnsubscribe(keys: readonly TokenKey[], token: string): UnsubscribeToken | undefined {
  const [contactId, topic] = fieldsOf(keys, token, 'unsubscribe', 2) ?? []
  return contactId !== undefined && topic !== undefined ? { contactId, topic } : undefined
}

export function signPreferences(keys: readonly TokenKey[], { contactId }: PreferencesToken): string {
  return signFields(keys, [KIND.preferences, contactId])
}

/** What `signPreferences` signed, or undefined. */
export function verifyPreferences(keys: readonly TokenKey[], token: string): PreferencesToken | undefined {
  const [contactId] = fieldsOf(keys, token, 'preferences', 1) ?? []
  return contactId === undefined ? undefined : { contactId }
}

export function signConfirm(keys: readonly TokenKey[], { askId }: ConfirmToken): string {
  return signFields(keys, [KIND.confirm, askId])
}

/** What `signConfirm` signed, or undefined. */
export function verifyConfirm(keys: readonly TokenKey[], token: string): ConfirmToken | undefined {
  const [askId] = fieldsOf(keys, token, 'confirm', 1) ?? []
  return askId === undefined ? undefined : { askId }
}
