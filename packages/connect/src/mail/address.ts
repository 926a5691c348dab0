import { z } from 'zod'

/** A mailbox: an address, and the name shown beside it. */
export type Mailbox = { address: string; name?: string | undefined }

// Stricter than RFC 5322 on purpose: quoted local parts and comments are only ever seen in attacks and typing errors.
const LOCAL = String.raw`[^\s<>()[\]\\,;:@"\p{Cc}]{1,64}`
const LABEL = String.raw`[^\s<>()[\]\\,;:@".\p{Cc}]+`
const ADDRESS = new RegExp(String.raw`^${LOCAL}@${LABEL}(\.${LABEL})*$`, 'u')

/** An e-mail address as it may stand in an envelope: no spaces, brackets, quotes, control characters; at most 254 long. */
export const MailAddress = z.string().max(254).regex(ADDRESS)

/** Whether mail can be addressed to this at all. */
export const isMailAddress = (address: string): boolean => MailAddress.safeParse(address).success

/** A display name on one line: control characters become spaces. */
export const displayName = (name: string): string => name.replace(/\p{Cc}+/gu, ' ').trim()
