import { type Role, roleWords } from '../../../shell/session.ts'
import { Select } from '../../../ui/fields.tsx'
import { Tip } from '../../../ui/tip.tsx'

export const roleChoices: readonly Role[] = ['admin', 'marketer', 'sales_manager', 'sales_rep', 'reviewer']

/** What each may do, in one line. */
export const roleHelp: Readonly<Record<Role, string>> = {
  admin: 'Everything, people and settings included.',
  marketer: 'Contacts, messages and flows. No settings.',
  sales_manager: 'All leads and teams; reads flows and contacts.',
  sales_rep: 'Only the leads handed to them, on Desk.',
  reviewer: 'Reads flows, contacts and messages. Changes nothing.',
}

type Props = { name: string; value: Role; fixed: string | undefined; onChange: (role: Role) => void }

/** The role of somebody in a list; `fixed` says why it cannot be changed. */
export function RoleSelect({ name, value, fixed, onChange }: Props) {
  if (fixed !== undefined) {
    return (
      <Tip words={fixed}>
        <span>{roleWords[value]}</span>
      </Tip>
    )
  }
  return (
    <Select
      aria-label={`Role of ${name}`}
      data={roleChoices.map((role) => ({ value: role, label: roleWords[role] }))}
      value={value}
      onChange={(role) => role !== null && role !== value && onChange(role)}
      allowDeselect={false}
      comboboxProps={{ width: 160 }}
    />
  )
}
