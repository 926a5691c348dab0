import type { Actor } from '@baton/engine'

/** Who says what the links of a mail say. That somebody got the link is the proof that the mailbox is theirs. */
export const LINK_IN_MAIL: Actor = { kind: 'system', id: 'unsubscribe-link', name: 'Link in a mail' }
