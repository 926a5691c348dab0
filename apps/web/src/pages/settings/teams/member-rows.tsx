import { IconX } from '@tabler/icons-react'
import { Fragment } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { NumberInput, Select, Switch } from '../../../ui/fields.tsx'
import type { Member } from './team.ts'

/** What somebody may write a day where nothing else was said. */
const MAILS_A_DAY = 50

type Props = {
  members: readonly Member[]
  nameOf: (userId: string) => string
  /** Problems by their path in what was sent: `members.0.weight`. */
  wrong: Readonly<Record<string, string>>
  onChange: (members: readonly Member[]) => void
  /** With it each member may have hours of their own. */
  calendars?: readonly { id: string; name: string }[] | undefined
  readOnly?: boolean | undefined
}

/** Each member with weight, the most open leads, whether they take new ones now, and the hours they work. */
export function MemberRows({ members, nameOf, wrong, onChange, calendars, readOnly = false }: Props) {
  if (members.length === 0) return <p className="small warn">Nobody is in this team yet: leads handed to it would overflow at once.</p>
  const change = (at: number, to: Partial<Member>) => onChange(members.map((one, n) => (n === at ? { ...one, ...to } : one)))
  return (
    <div className={calendars ? 'member-rows with-hours' : 'member-rows'}>
      <span className="head">Member</span>
      <span className="head">Weight</span>
      <span className="head">Open at most</span>
      {calendars && <span className="head">Hours</span>}
      {calendars && (
        <span className="head" title="Own mails to leads in 24 hours, in whichever team">
          Mails a day
        </span>
      )}
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
              disabled={readOnly}
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
              disabled={readOnly}
              value={member.cap ?? ''}
              error={wrong[`members.${at}.cap`]}
              onChange={(cap) => change(at, { cap: cap === '' ? null : Number(cap) })}
            />
            {calendars && (
              <Select
                aria-label={`Hours of ${name}`}
                data={[{ value: '', label: 'As the team' }, ...calendars.map((it) => ({ value: it.id, label: it.name }))]}
                allowDeselect={false}
                disabled={readOnly}
                value={member.calendarId ?? ''}
                onChange={(id) => change(at, { calendarId: id === null || id === '' ? null : id })}
              />
            )}
            {calendars && (
              <NumberInput
                aria-label={`Mails of ${name} a day at most`}
                min={0}
                max={1000}
                allowDecimal={false}
                placeholder={String(MAILS_A_DAY)}
                disabled={readOnly}
                value={member.mailsADay ?? ''}
                error={wrong[`members.${at}.mailsADay`]}
                onChange={(mails) => change(at, { mailsADay: typeof mails === 'number' ? mails : MAILS_A_DAY })}
              />
            )}
            <Switch
              aria-label={`${name} takes new leads`}
              checked={member.active}
              disabled={readOnly}
              onChange={(event) => change(at, { active: event.currentTarget.checked })}
            />
            {readOnly ? (
              <span />
            ) : (
              <IconButton
                label={`Take ${name} out`}
                icon={<IconX size={14} stroke={1.75} />}
                onClick={() => onChange(members.filter((_, n) => n !== at))}
              />
            )}
          </Fragment>
        )
      })}
    </div>
  )
}
