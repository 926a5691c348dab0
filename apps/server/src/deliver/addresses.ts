import { createHash } from 'node:crypto'
import { signLink, signOpen, signPreferences, signUnsubscribe, type TokenKey } from '@baton/connect'

/** The link nobody can see: who follows it is a machine. */
export const HONEYPOT = 0
/** Whom the unsubscribe link of a test mail is about: nobody, so that trying it changes nothing. */
export const NOBODY = 'test'

/** The signing keys of the workspace's secrets, newest first. A key is named by its secret, so that its name is never used again. */
export const tokenKeys = (secrets: readonly string[]): TokenKey[] =>
  secrets.map((secret) => ({ id: createHash('sha256').update(secret).digest('base64url').slice(0, 8), secret }))

/** The addresses that tie a mail to its send. They hold numbers and a signature, never an e-mail address. */
export interface MailAddresses {
  click(sendId: number, link: number): string
  open(sendId: number): string
  /** `sendId` says by which mail somebody left the topic. */
  unsubscribe(contactId: number | typeof NOBODY, topic: string, sendId: number | null): string
  /** The page where somebody chooses what to get. */
  preferences(contactId: number | typeof NOBODY, sendId: number | null): string
}

/** @param baseUrl the public address, without a slash at the end */
export function mailAddresses(baseUrl: string, secrets: readonly string[]): MailAddresses {
  const keys = tokenKeys(secrets)
  const byMail = (page: string, sendId: number | null) =>
    sendId === null ? page : `${page}?m=${signOpen(keys, { sendId: String(sendId) })}`
  return {
    click: (sendId, link) => `${baseUrl}/c/${signLink(keys, { sendId: String(sendId), link })}`,
    open: (sendId) => `${baseUrl}/o/${signOpen(keys, { sendId: String(sendId) })}.gif`,
    unsubscribe: (contactId, topic, sendId) =>
      byMail(`${baseUrl}/u/${signUnsubscribe(keys, { contactId: String(contactId), topic })}`, sendId),
    preferences: (contactId, sendId) => byMail(`${baseUrl}/p/${signPreferences(keys, { contactId: String(contactId) })}`, sendId),
  }
}
