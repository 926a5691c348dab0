import type { FieldDefinition } from '../state/person.ts'

/** Fields every workspace has. They cannot be renamed or removed. `zone` is mirrored in the contact's own column. */
export const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  { key: 'email', label: 'E-mail', type: 'text' },
  { key: 'first_name', label: 'First name', type: 'text' },
  { key: 'last_name', label: 'Last name', type: 'text' },
  { key: 'phone', label: 'Phone', type: 'text' },
  { key: 'company', label: 'Company', type: 'text' },
  { key: 'job_title', label: 'Job title', type: 'text' },
  { key: 'country', label: 'Country', type: 'text' },
  { key: 'zone', label: 'Time zone', type: 'text' },
  { key: 'language', label: 'Language', type: 'text' },
]

const ADDRESS = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\]]{2,}$/

/** An e-mail address as identities and keys hold it, lower-cased; undefined when it is none. */
export function readEmail(text: string): string | undefined {
  const address = text.trim().toLowerCase()
  return address.length <= 254 && ADDRESS.test(address) ? address : undefined
}
