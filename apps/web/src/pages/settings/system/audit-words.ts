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
  'key.made': 'Made a write key',
  'key.revoked': 'Revoked a write key',
}

export const auditWords = (action: string): string => deeds[action] ?? action

const shown = ['name', 'role', 'from', 'to', 'kind', 'zone', 'senderName', 'senderAddress', 'version'] as const

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
