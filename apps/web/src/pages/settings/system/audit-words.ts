/** How audited deeds read. One that is not here (of a newer Baton) shows its own name. */
const deeds: Readonly<Record<string, string>> = {
  'user.invited': 'Invited somebody',
  'user.invitation-withdrawn': 'Withdrew an invitation',
  'user.joined': 'Joined',
  'user.link-made': 'Made a link for a new password',
  'user.password-set': 'Chose a new password',
  'user.role-changed': 'Changed a role',
  'user.deactivated': 'Deactivated somebody',
  'user.reactivated': 'Reactivated somebody',
  'workspace.changed': 'Changed the workspace',
  'team.made': 'Made a team',
  'team.changed': 'Changed a team',
  'team.removed': 'Removed a team',
  'calendar.made': 'Made a calendar',
  'calendar.changed': 'Changed a calendar',
  'calendar.removed': 'Removed a calendar',
  'field.made': 'Made a field',
  'field.changed': 'Changed a field',
  'field.removed': 'Removed a field',
  'flow.published': 'Published a flow, version',
  'flow.warning-acknowledged': 'Let a warning stand',
  'flow.warning-reopened': 'Took back why a warning may stand',
  'flow.paused': 'Paused a flow',
  'flow.resumed': 'Resumed a flow',
  'flow.stopped': 'Stopped a flow',
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
}

export const auditWords = (action: string): string => deeds[action] ?? action

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
  'why',
  'reason',
] as const

/** The plain values of what was noted beside a deed: "marketer, admin". Lists and objects have their own pages. */
export function auditDetail({ detail = {} }: { detail?: Readonly<Record<string, unknown>> | undefined }): string {
  const { from, to } = detail
  if (typeof from === 'string' && typeof to === 'string') return `${from.replace('_', ' ')} → ${to.replace('_', ' ')}`
  return shown
    .map((key) => detail[key])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value).replace('sales_', 'sales '))
    .filter((value) => value !== '')
    .join(', ')
}
