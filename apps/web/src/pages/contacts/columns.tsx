import { DateText } from '../../ui/date-text.tsx'
import { StateDot } from '../../ui/marks.tsx'
import type { Column } from '../../ui/table.tsx'
import { type ContactRow, type Field, nameOf, SIDES, STAGES } from './people.ts'
import { gradeWords } from './scores.tsx'
import { FieldValueShown, fieldWords } from './value.tsx'

const dash = <span className="faint">–</span>

function Who({ row }: { row: ContactRow }) {
  const name = nameOf(row)
  const address = typeof row.fields.email === 'string' ? row.fields.email : row.key
  return (
    <>
      <div className="name clip">{name}</div>
      {address !== name && <div className="second clip">{address}</div>}
    </>
  )
}

const fieldColumn = (field: Field): Column<ContactRow> => ({
  id: field.key,
  head: field.label,
  num: field.type === 'number',
  phone: 'not-shown',
  sorts: field.type === 'text' || field.type === 'choice' ? 'up' : 'down',
  cell: ({ fields }) => {
    const words = fieldWords(fields[field.key], field.type)
    return words === '' ? (
      dash
    ) : (
      <span className="clip">
        <FieldValueShown value={fields[field.key]} words={words} />
      </span>
    )
  },
})

const GRADE: Column<ContactRow> = {
  id: ':grade',
  head: 'Grade',
  phone: 'not-shown',
  sorts: 'up',
  cell: ({ grade }) => (grade === null ? dash : <span title={gradeWords(grade)}>{grade}</span>),
}

/** Who it is, the chosen fields, how they stand with us. Heads that sort are keys the server knows. */
export function contactColumns(fields: readonly Field[], shown: readonly string[], graded: boolean): readonly Column<ContactRow>[] {
  return [
    { id: 'key', head: 'Person', sorts: 'up', width: 260, cell: (row) => <Who row={row} /> },
    ...shown.flatMap((key) => fields.filter((it) => it.key === key).map(fieldColumn)),
    ...(graded ? [GRADE] : []),
    {
      id: 'stage',
      head: 'Stage',
      phone: 104,
      cell: ({ stage, ownerSide }) => (
        <>
          <span title={SIDES[ownerSide]}>{STAGES[stage]}</span>
          {ownerSide === 'sales' && <span className="small with-sales"> with sales</span>}
        </>
      ),
    },
    {
      id: 'consent',
      head: 'May we mail',
      phone: 'not-shown',
      cell: ({ consent }) =>
        consent.marketing === true ? (
          <StateDot tone="ok">Yes</StateDot>
        ) : (
          <StateDot tone="faint">{consent.marketing === false ? 'Said no' : 'Not asked'}</StateDot>
        ),
    },
    { id: 'created', head: 'Added', sorts: 'down', phone: 'not-shown', cell: ({ createdAt }) => <DateText at={createdAt} /> },
  ]
}

const HIDDEN = new Set(['email', 'first_name', 'last_name'])

/** What can be a column: names and addresses stand in the first one already. */
export const columnFields = (fields: readonly Field[]): readonly Field[] => fields.filter((it) => !HIDDEN.has(it.key))

const MOST = 5
/** Below this share of the rows a column would be mostly dashes. */
const OFTEN = 0.2

/** Until somebody chooses: what these people have, the company first. */
export function defaultColumns(fields: readonly Field[], rows: readonly ContactRow[]): string[] {
  const order = ['company', 'job_title', 'country', ...fields.filter((it) => !it.system).map((it) => it.key)]
  const filled = order.filter((key) => rows.filter((row) => row.fields[key] !== undefined).length >= rows.length * OFTEN)
  return (filled.length === 0 ? order : filled).slice(0, MOST)
}
