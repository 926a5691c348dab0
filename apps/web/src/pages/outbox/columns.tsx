import { DateText } from '../../ui/date-text.tsx'
import { StateDot } from '../../ui/marks.tsx'
import type { Column } from '../../ui/table.tsx'
import { type Mail, stateOf, type TestMail } from './words.ts'

const dash = <span className="faint">–</span>

export const mailColumns: readonly Column<Mail>[] = [
  {
    id: 'state',
    head: 'State',
    width: 170,
    cell: (mail) => {
      const { tone, words } = stateOf(mail)
      return <StateDot tone={tone}>{words}</StateDot>
    },
  },
  {
    id: 'to',
    head: 'To',
    width: 260,
    cell: ({ name, to }) => (
      <>
        <p className="name clip">{name || to || 'Deleted person'}</p>
        {name !== '' && <p className="second clip">{to ?? 'no address'}</p>}
      </>
    ),
  },
  {
    id: 'subject',
    head: 'Mail',
    cell: ({ subject, template }) => (
      <>
        <p className="clip">{subject ?? template ?? dash}</p>
        {subject !== null && template !== null && <p className="second clip">{template}</p>}
      </>
    ),
  },
  { id: 'flow', head: 'Flow', width: 200, cell: ({ flow }) => <span className="clip">{flow ?? dash}</span> },
  { id: 'at', head: 'When', width: 130, cell: ({ sentAt, at }) => <DateText at={sentAt ?? at} /> },
]

export const testColumns: readonly Column<TestMail>[] = [
  {
    id: 'state',
    head: 'State',
    width: 170,
    cell: (mail) => {
      const { tone, words } = stateOf({ ...mail, held: false })
      return <StateDot tone={tone}>{words}</StateDot>
    },
  },
  {
    id: 'to',
    head: 'To',
    width: 260,
    cell: ({ byName, to }) => (
      <>
        <p className="name clip">{byName}</p>
        <p className="second clip">{to}</p>
      </>
    ),
  },
  { id: 'subject', head: 'Mail', cell: ({ subject }) => <span className="clip">{subject}</span> },
  { id: 'at', head: 'When', width: 130, cell: ({ at }) => <DateText at={at} /> },
]
