import { IconAddressBook, IconBolt, IconFilter, IconForms, IconListCheck, IconMail, IconUsers } from '@tabler/icons-react'
import { Chip } from '../../ui/marks.tsx'
import type { Need } from './queries.ts'

const ICONS = {
  mail: IconMail,
  segment: IconFilter,
  list: IconListCheck,
  field: IconAddressBook,
  form: IconForms,
  team: IconUsers,
  event: IconBolt,
} as const

const KINDS: Readonly<Record<Need['kind'], readonly [one: string, many: string]>> = {
  mail: ['mail', 'mails'],
  segment: ['segment', 'segments'],
  list: ['list', 'lists'],
  field: ['field', 'fields'],
  form: ['form', 'forms'],
  team: ['team', 'teams'],
  event: ['event', 'events'],
}

/** "4 mails, 1 segment, a team": what a programme works with, on one line. */
export function needsLine(needs: readonly Need[]): string {
  const parts = Object.entries(KINDS).flatMap(([kind, [one, many]]) => {
    const count = needs.filter((it) => it.kind === kind).length
    return count === 0 || kind === 'event' ? [] : [`${count} ${count === 1 ? one : many}`]
  })
  return parts.join(', ')
}

const STATES: Readonly<Record<Need['state'], { words: string; tone: 'ok' | 'plain' | 'warn' | 'accent' }>> = {
  here: { words: 'is here', tone: 'ok' },
  made: { words: 'comes along', tone: 'accent' },
  choose: { words: 'you choose', tone: 'warn' },
  outside: { words: 'not seen yet', tone: 'plain' },
}

const DETAIL: Partial<Readonly<Record<Need['kind'], string>>> = { event: 'Sent by your site, your product or your webinar tool.' }

/** Everything a programme works with, and whether it is here. */
export function NeedsList({ needs }: { needs: readonly Need[] }) {
  return (
    <ul className="needs">
      {needs.map(({ kind, name, state, detail }) => {
        const Icon = ICONS[kind]
        const { words, tone } = STATES[state]
        const more = detail ?? (state === 'outside' ? DETAIL[kind] : undefined)
        return (
          <li key={`${kind} ${name}`}>
            <Icon size={16} stroke={1.75} className="faint" aria-hidden="true" />
            <span className="grow">
              <span className="unseen">{KINDS[kind][0]}: </span>
              {name}
              {more && <span className="small muted need-detail">{more}</span>}
            </span>
            <Chip tone={tone}>{words}</Chip>
          </li>
        )
      })}
    </ul>
  )
}
