import { createHash } from 'node:crypto'

const START = 'erased:'

/** An address on the list of those that get no mail, after its person was erased: it is recognised when it comes again, and cannot be read. */
export const hashedAddress = (address: string): string =>
  `${START}${createHash('sha256').update(`baton:${address.toLowerCase()}`).digest('hex')}`
