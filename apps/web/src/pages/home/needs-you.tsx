import {
  IconAlertTriangle,
  IconCertificate,
  IconFileAlert,
  IconMailExclamation,
  IconPhoneCall,
  IconPlayerPause,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Answers } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { DateText } from '../../ui/date-text.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Section } from '../../ui/panel.tsx'

type Look = Answers['home']['look']
/** Who can mend it. */
type Who = 'sells' | 'writes' | 'agrees' | 'admin'
type Need = {
  id: string
  icon: TablerIcon
  tone: 'danger' | 'warn' | 'accent'
  words: ReactNode
  second: ReactNode
  who: Who
  /** Where it is mended: a page, or the report of an import. */
  to: '/desk' | '/trouble' | '/settings/workspace' | { importId: string } | { agreementId: string }
}

const many = (count: number, one: string, more: string) => `${fullNumber(count)} ${count === 1 ? one : more}`

const asDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** What agreements want of the reader: a review, a signature. */
const agreementNeeds = (tasks: Look['agreements']): Need[] =>
  tasks.map((it) =>
    it.kind === 'review'
      ? {
          id: `review ${it.id}`,
          icon: IconCertificate,
          tone: it.over ? 'warn' : 'accent',
          words: `Review the agreement ${it.name}`,
          second: it.over ? `It was due on ${asDate.format(Date.parse(it.on))}` : `By ${asDate.format(Date.parse(it.on))}`,
          who: 'agrees',
          to: { agreementId: it.id },
        }
      : {
          id: `sign ${it.id}`,
          icon: IconCertificate,
          tone: 'accent',
          words: `Sign version ${it.version} of ${it.name}`,
          second: `${it.signedBy} has signed for the other side`,
          who: 'agrees',
          to: { agreementId: it.id },
        },
  )

function needsOf({ needs, missing, agreements }: Pick<Look, 'needs' | 'missing' | 'agreements'>): Need[] {
  const { leads, mails, parked, imports } = needs
  const all: (Need | false)[] = [
    leads.count > 0 && {
      id: 'leads',
      icon: IconPhoneCall,
      tone: 'accent',
      words: many(leads.count, 'lead waits for an answer', 'leads wait for an answer'),
      second: (
        <>
          The oldest since <DateText at={leads.since} />
        </>
      ),
      who: 'sells',
      to: '/desk',
    },
    ...agreementNeeds(agreements),
    parked > 0 && {
      id: 'parked',
      icon: IconPlayerPause,
      tone: 'danger',
      words: many(parked, 'person stands still with an error', 'people stand still with an error'),
      second: 'See why, and let them try again',
      who: 'writes',
      to: '/trouble',
    },
    mails.failed > 0 && {
      id: 'failed',
      icon: IconMailExclamation,
      tone: 'danger',
      words: many(mails.failed, 'mail did not go out', 'mails did not go out'),
      second: 'In the last 7 days',
      who: 'writes',
      to: '/trouble',
    },
    mails.unknown > 0 && {
      id: 'unknown',
      icon: IconMailExclamation,
      tone: 'warn',
      words: many(mails.unknown, 'mail may have gone out, or not', 'mails may have gone out, or not'),
      second: 'The line broke while sending; they are not sent again by themselves',
      who: 'writes',
      to: '/trouble',
    },
    ...imports.map(
      ({ id, fileName, rejected }): Need => ({
        id,
        icon: IconFileAlert,
        tone: 'warn',
        words: `${many(rejected, 'row', 'rows')} of ${fileName} ${rejected === 1 ? 'was' : 'were'} not taken in`,
        second: 'Each has its line and reason',
        who: 'writes',
        to: { importId: id },
      }),
    ),
    missing.sender && {
      id: 'sender',
      icon: IconSettings,
      tone: 'warn',
      words: 'No sender address is set',
      second: 'No mail can go out without it',
      who: 'admin',
      to: '/settings/workspace',
    },
    missing.postal && {
      id: 'postal',
      icon: IconAlertTriangle,
      tone: 'warn',
      words: 'No postal address is set',
      second: 'Marketing mail must carry one',
      who: 'admin',
      to: '/settings/workspace',
    },
  ]
  return all.filter((one) => one !== false)
}

/** What waits for somebody; nobody is shown what their role cannot mend. */
export function NeedsYou(look: Pick<Look, 'needs' | 'missing' | 'agreements'>) {
  const may: Readonly<Record<Who, boolean>> = {
    sells: useMay('admin', 'sales_manager'),
    writes: useMay('admin', 'marketer'),
    agrees: useMay('admin', 'marketer', 'sales_manager'),
    admin: useMay('admin'),
  }
  const shown = needsOf(look).filter(({ who }) => may[who])
  return (
    <Section title="Needs you" right={shown.length > 0 ? shown.length : undefined}>
      {shown.length === 0 && <p className="muted">Nothing waits for you.</p>}
      {shown.map(({ id, icon: Icon, tone, words, second, to }) => (
        <div key={id} className="todo">
          <Icon size={16} stroke={1.75} className={tone} aria-hidden="true" />
          <div>
            {typeof to === 'string' ? (
              <Link to={to} className="todo-words">
                {words}
              </Link>
            ) : 'agreementId' in to ? (
              <Link to="/agreements/$agreementId" params={to} className="todo-words">
                {words}
              </Link>
            ) : (
              <Link to="/imports/$importId" params={to} className="todo-words">
                {words}
              </Link>
            )}
            <p className="small muted">{second}</p>
          </div>
        </div>
      ))}
    </Section>
  )
}
