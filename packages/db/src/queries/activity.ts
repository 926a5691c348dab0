/** Deeds of sales that keep a deal alive, among the lines of a lead's log. */
export const DEEDS = `('accepted', 'call', 'voicemail', 'mail', 'meeting', 'note', 'opportunity', 'stage', 'assigned', 'reassigned')`

/**
 * What somebody did, among the events `e` of a contact: no machine, not what we or sales did to them, nor what follows from it. A mail that
 * they opened or clicked in is theirs, one that we sent is not.
 */
export const OWN_DEED = `e.origin not in ('m', 'mh') and e.type not in ('mail.sent', 'mail.withdrawn', 'mail.bounced', 'contact.created', 'contact.merged')
  and e.type not like 'sales.%' and e.type not like 'lifecycle.%' and e.type not like 'baton.%'`
