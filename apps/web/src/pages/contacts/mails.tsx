import { Link } from '@tanstack/react-router'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import type { Contact } from './people.ts'

type Mail = Contact['sends'][number]

const states = {
  queued: ['accent', 'Waiting'],
  sending: ['accent', 'Being handed over'],
  sent: ['ok', 'Sent'],
  unknown: ['warn', 'Not known'],
  failed: ['danger', 'Failed'],
  withdrawn: ['faint', 'Withdrawn'],
} as const satisfies { [S in Mail['status']]: readonly [string, string] }

function State({ mail: { status, transport } }: { mail: Mail }) {
  if (status === 'sent' && transport === 'outbox') return <StateDot tone="warn">Kept here, not sent</StateDot>
  const [tone, words] = states[status]
  return <StateDot tone={tone}>{words}</StateDot>
}

/** What became of it, as far as events tell. */
function after(contact: Contact, mail: Mail): string {
  const told = new Set(
    contact.events.filter((it) => !it.machine && (it.props.sendKey === mail.key || it.props.sendId === mail.id)).map((it) => it.type),
  )
  const words = [
    told.has('mail.opened') && 'opened',
    told.has('mail.clicked') && 'clicked',
    told.has('mail.bounced') && 'came back',
    told.has('mail.complained') && 'reported as spam',
    told.has('mail.unsubscribed') && 'unsubscribed',
  ].filter((it) => it !== false)
  return words.join(', ')
}

/** Mails to the person, the newest first; a click shows one exactly as it went out. */
export function Mails({ contact }: { contact: Contact }) {
  if (contact.sends.length === 0) return <EmptyState title="No mail was sent to this person." />
  const flows = new Map(contact.passages.map((it) => [it.flowId, it.flowName]))
  const columns: readonly Column<Mail>[] = [
    { id: 'state', head: 'State', width: 170, cell: (mail) => <State mail={mail} /> },
    {
      id: 'mail',
      head: 'Mail',
      cell: (mail) => (
        <>
          <Link to="/outbox" search={{ mail: String(mail.id) }} className="name clip">
            {mail.subject ?? mail.templateName ?? 'A message that is gone'}
          </Link>
          <div className="second clip">{mail.lastError ?? [flows.get(mail.flowId), after(contact, mail)].filter(Boolean).join(' · ')}</div>
        </>
      ),
    },
    { id: 'at', head: 'When', width: 140, cell: ({ sentAt, at }) => <DateText at={sentAt ?? at} style="full" /> },
  ]
  return <Table label="Mails" tall rows={contact.sends} columns={columns} rowKey={(it) => String(it.id)} />
}
