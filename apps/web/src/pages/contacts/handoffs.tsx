import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Life } from './life.tsx'
import type { Contact } from './people.ts'

type Handoff = Contact['handoffs'][number]
type Tone = 'ok' | 'warn' | 'danger' | 'accent' | 'faint'

const states: Readonly<Record<string, readonly [Tone, string]>> = {
  routing: ['accent', 'Being given out'],
  queued: ['warn', 'Nobody has room'],
  assigned: ['accent', 'Waits for an answer'],
  accepted: ['ok', 'Accepted'],
  sleeping: ['faint', 'Rests after a voicemail'],
  won: ['ok', 'Won'],
  lost: ['faint', 'Lost'],
  'no-response': ['warn', 'Nobody answered'],
  rejected: ['faint', 'Rejected'],
  overflow: ['warn', 'Nobody could take it'],
  recalled: ['faint', 'Taken back'],
}

const columns: readonly Column<Handoff>[] = [
  {
    id: 'state',
    head: 'State',
    width: 170,
    cell: ({ state }) => {
      const [tone, words] = states[state] ?? ['faint', 'Over']
      return <StateDot tone={tone}>{words}</StateDot>
    },
  },
  {
    id: 'who',
    head: 'With',
    cell: ({ repName, teamName, rejectReason, rejectNote }) => (
      <>
        <div className="name clip">{repName ?? teamName ?? 'A team that is gone'}</div>
        <div className="second clip">
          {rejectReason === null
            ? repName === null
              ? ''
              : teamName
            : `${rejectReason}${rejectNote === null || rejectNote === '' ? '' : `: ${rejectNote}`}`}
        </div>
      </>
    ),
  },
  { id: 'made', head: 'Handed over', width: 140, cell: ({ createdAt }) => <DateText at={createdAt} style="full" /> },
  { id: 'answered', head: 'Answered', width: 140, cell: ({ answeredAt }) => <DateText at={answeredAt} style="full" /> },
]

/** When the person was handed to sales, to whom, and what they answered; then how they came to stand where they stand. */
export function Handoffs({ contact }: { contact: Contact }) {
  return (
    <>
      {contact.handoffs.length === 0 ? (
        <EmptyState title="Not handed to sales yet." />
      ) : (
        <Table label="Handed to sales" tall rows={contact.handoffs} columns={columns} rowKey={(it) => String(it.id)} />
      )}
      <Life contactId={contact.id} />
    </>
  )
}
