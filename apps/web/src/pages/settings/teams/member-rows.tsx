import { IconX } from '@tabler/icons-react'
import { Fragment } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { NumberInput, Switch } from '../../../ui/fields.tsx'
import type { Member } from './team.ts'

type Props = {
  members: readonly Member[]
  nameOf: (userId: string) => string
  /** Problems by their path in what was sent: `members.0.weight`. */
  wrong: Readonly<Record<string, string>>
  onChange: (members: readonly Member[]) => void
}

/** Each member with weight, the most open leads, and whether they take new ones now. */
export function MemberRows({ members, nameOf, wrong, onChange }: Props) {
  if (members.length === 0) return <p className="small warn">Nobody is in this team yet: leads handed to it would overflow at once.</p>
  const change = (at: number, to: Partial<Member>) => onChange(members.map((one, n) => (n === at ? { ...one, ...to } : one)))
  return (
    <div className="member-rows">
      <span className="head">Member</span>
      <span className="head">Weight</span>
      <span className="head">Open at most</span>
      <span className="head">Takes leads</span>
      <span />
      {members.map((member, at) => {
        const name = nameOf(member.userId)
        return (
          <Fragment key={member.userId}>
            <span className="clip">{name}</span>
            <NumberInput
              aria-label={`Weight of ${name}`}
              min={1}
              max={100}
              allowDecimal={false}
              value={member.weight}
              error={wrong[`members.${at}.weight`]}
              onChange={(weight) => change(at, { weight: Number(weight) })}
            />
            <NumberInput
              aria-label={`Open leads of ${name} at most`}
              min={1}
              max={10_000}
              allowDecimal={false}
              placeholder="no limit"
              value={member.cap ?? ''}
              error={wrong[`members.${at}.cap`]}
              onChange={(cap) => change(at, { cap: cap === '' ? null : Number(cap) })}
            />
            <Switch
              aria-label={`${name} takes new leads`}
              checked={member.active}
              onChange={(event) => change(at, { active: event.currentTarget.checked })}
            />
            <IconButton
              label={`Take ${name} out`}
              icon={<IconX size={14} stroke={1.75} />}
              onClick={() => onChange(members.filter((_, n) => n !== at))}
            />
          </Fragment>
        )
      })}
    </div>
  )
}
