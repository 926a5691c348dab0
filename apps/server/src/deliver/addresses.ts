import { createHash } from 'node:crypto'
import { signLink, signOpen, signUnsubscribe, type TokenKey } from '@baton/connect'

/** The topic that all marketing mail goes out under. */
export const TOPIC = 'marketing'
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
  /** `sendId` says by which mail somebody left. */
  unsubscribe(contactId: number | typeof NOBODY, sendId: number | null): string
}

/** @param baseUrl the public address, without a slash at the end */
export function mailAddresses(baseUrl: string, secrets: readonly string[]): MailAddresses {
  const keys = tokenKeys(secrets)
  return {
    click: (sendId, link) => `${baseUrl}/c/${signLink(keys, { sendId: String(sendId), link })}`,
    open: (sendId) => `${baseUrl}/o/${signOpen(keys, { sendId: String(sendId) })}.gif`,
    unsubscribe(contactId, sendId) {
      const page = `${baseUrl}/u/${signUnsubscribe(keys, { contactId: String(contactId), topic: TOPIC })}`
      return sendId === null ? page : `${page}?m=${signOpen(keys, { sendId: String(sendId) })}`
    },
  }
}
