import type { AuditAction } from '@baton/api'

/** How audited deeds read. */
const deeds = {
  'user.invited': 'Invited somebody',
  'user.invitation-withdrawn': 'Withdrew an invitation',
  'user.joined': 'Joined',
  'user.link-made': 'Made a link for a new password',
  'user.link-not-mailed': 'Could not mail a link for a new password',
  'user.password-set': 'Chose a new password',
  'user.role-changed': 'Changed a role',
  'user.deactivated': 'Deactivated somebody',
  'user.reactivated': 'Reactivated somebody',
  'workspace.changed': 'Changed the workspace',
  'team.made': 'Made a team',
  'team.changed': 'Changed a team',
  'team.removed': 'Removed a team',
  'team.digest': 'Changed who gets the weekly report of a team',
  'territory.made': 'Made a territory',
  'territory.changed': 'Changed a territory',
  'territory.ordered': 'Changed the order of territories',
  'territory.removed': 'Removed a territory',
  'absence.made': 'Wrote down an absence',
  'absence.changed': 'Changed an absence',
  'absence.removed': 'Removed an absence',
  'leads.moved': 'Moved leads',
  'calendar.made': 'Made a calendar',
  'calendar.changed': 'Changed a calendar',
  'calendar.removed': 'Removed a calendar',
  'field.made': 'Made a field',
  'field.changed': 'Changed a field',
  'field.removed': 'Removed a field',
  'flow.published': 'Published a flow, version',
  'flow.warning-acknowledged': 'Let a warning stand',
  'flow.warning-reopened': 'Took back why a warning may stand',
  'flow.review-asked': 'Asked for a review',
  'flow.review-withdrawn': 'Took back the wish for a review',
  'flow.approved': 'Approved a draft',
  'flow.changes-asked': 'Asked for changes to a draft',
  'review.changed': 'Changed what a draft needs before it goes live',
  'flow.paused': 'Paused a flow',
  'flow.resumed': 'Resumed a flow',
  'flow.stopped': 'Stopped a flow',
  'flow.pass-stopped': 'Stopped letting people in or out',
  'flow.pass-resumed': 'Went on with letting people in',
  'flow.archived': 'Put a flow into the archive',
  'flow.restored': 'Took a flow out of the archive',
  'flow.taken-over': 'Took over drawing a flow from',
  'contact.merged': 'Made one contact of two',
  'contact.exported': 'Took out everything of one person',
  'contact.erased': 'Erased one person',
  'retention.changed': 'Changed how long things are kept',
  'retention.dropped': 'Dropped what was older than it is kept',
  'form.made': 'Made a form',
  'form.changed': 'Changed a form',
  'form.removed': 'Put a form away',
  'form.restored': 'Took a form out again',
  'import.started': 'Started an import',
  'mail.repeated': 'Sent a mail again',
  'mail.retried': 'Tried a mail again',
  'agreement.made': 'Made an agreement',
  'agreement.changed': 'Changed an agreement',
  'agreement.draft-discarded': 'Threw a draft of an agreement away',
  'agreement.signed': 'Signed an agreement',
  'agreement.signature-withdrawn': 'Took back a signature',
  'agreement.removed': 'Removed an agreement',
  'segment.made': 'Made a segment',
  'segment.changed': 'Changed a segment',
  'segment.removed': 'Removed a segment',
  'template.made': 'Made a message',
  'template.saved': 'Saved a message',
  'template.archived': 'Put a message into the archive',
  'template.restored': 'Took a message out of the archive',
  'template.topic': 'Gave a message another topic',
  'topic.made': 'Made a topic',
  'topic.changed': 'Changed a topic',
  'topic.archived': 'Put a topic away',
  'topic.restored': 'Took a topic out again',
  'consent.given': 'Recorded a yes',
  'consent.withdrawn': 'Recorded a no',
  'sending.changed': 'Changed the rules for sending',
  'flow.limits': 'Changed what pauses a flow',
  'flow.tripped': 'Paused a flow by itself:',
  'suppression.added': 'Stopped mail to addresses',
  'suppression.removed': 'Let mail to an address through',
  'secret.added': 'Added a secret',
  'secret.replaced': 'Replaced a secret',
  'secret.removed': 'Removed a secret',
  'company.made': 'Added a company',
  'company.changed': 'Changed a company',
  'company.removed': 'Removed a company',
  'related.saved': 'Saved a record of somebody',
  'related.removed': 'Took a record from somebody',
  'effect.retried': 'Tried a call or note again',
  'effect.cancelled': 'Took a call or note back',
  'trouble.retried': 'Tried again what had failed',
  'trouble.given-up': 'Gave up what had failed',
  'trouble.arrived': 'Marked mails as sent',
  'key.made': 'Made a write key',
  'key.revoked': 'Revoked a write key',
  'flow.launch-planned': 'Planned when a draft goes live',
  'flow.launch-cancelled': 'Called a planned launch off',
  'flow.launch-refused': 'A planned launch did not take place',
  'flow.rolled-out': 'Changed the share of people whom a flow lets in',
  'flow.people-moved-back': 'Moved people back to the version before',
  'contact.enrol': 'Added somebody to a flow',
  'contact.move': 'Moved somebody to another step',
  'contact.remove': 'Took somebody out of a flow',
  'contact.retry': 'Tried the step of somebody again',
  'contacts.consent': 'Recorded consent of many',
  'contacts.enrol': 'Added many to a flow',
  'contacts.export': 'Exported contacts',
  'contacts.leave': 'Took many out of a flow',
  'contacts.list': 'Put many on a list, or took them off',
  'contacts.move': 'Moved many to another step',
  'contacts.remove': 'Removed contacts',
  'contacts.retry': 'Tried the steps of many again',
  'contacts.set-field': 'Set a field of many',
  'list.made': 'Made a list',
  'list.renamed': 'Renamed a list',
  'list.added': 'Put people on a list',
  'list.taken-off': 'Took people off a list',
  'scores.drafted': 'Changed the draft of the score model',
  'scores.discarded': 'Threw the draft of the score model away',
  'scores.published': 'Published the score model, version',
  'scores.stopped': 'Stopped bringing scores up to date',
  'scores.resumed': 'Went on with bringing scores up to date',
} satisfies Record<AuditAction, string>

const words: ReadonlyMap<string, string> = new Map(Object.entries(deeds))

/** One that is not here was noted by another version of Baton, and shows its own name. */
export const auditWords = (action: string): string => words.get(action) ?? action

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

const shown = [
  'name',
  'fileName',
  'role',
  'kind',
  'zone',
  'senderName',
  'senderAddress',
  'postalAddress',
  'version',
  'note',
  'why',
  'reason',
] as const

/** What a draft needs before it goes live, as it was set. */
function policyWords({ approvals, salesApproves, simulation }: Readonly<Record<string, unknown>>): string {
  const enough =
    typeof approvals === 'number'
      ? `${approvals === 0 ? 'no' : approvals} ${approvals === 1 ? 'approval' : 'approvals'}`
      : 'the usual approvals'
  return [
    enough,
    ...(salesApproves === true ? ['hand-offs by a sales manager'] : []),
    ...(simulation === true ? ['a simulation'] : []),
  ].join(', ')
}

/** The plain values of what was noted beside a deed: "marketer, admin". Lists and objects have their own pages. */
export function auditDetail({ detail = {} }: { detail?: Readonly<Record<string, unknown>> | undefined }): string {
  const { from, to } = detail
  // The share of a roll-out is noted as it is kept, from 0 to 1.
  if (typeof from === 'number' && typeof to === 'number') return `${percent(from)} → ${percent(to)}`
  if (typeof from === 'string' && typeof to === 'string') return `${from.replace('_', ' ')} → ${to.replace('_', ' ')}`
  if ('approvals' in detail) return policyWords(detail)
  return shown
    .map((key) => detail[key])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value).replace('sales_', 'sales '))
    .filter((value) => value !== '')
    .join(', ')
}
