import { Link } from '@tanstack/react-router'
import type { Answers } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { Chip, StateDot } from '../../ui/marks.tsx'
import type { Column } from '../../ui/table.tsx'

export type Opportunity = Answers['opportunities']['ofCompany'][number] & { quiet?: boolean | undefined }

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** An amount with its currency, where it says one. */
export const amountWords = ({ amount, currency }: Pick<Opportunity, 'amount' | 'currency'>): string =>
  amount === null ? '–' : `${currency === null ? '' : `${currency} `}${number.format(amount)}`

const closeFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** The day on which it should close; past and still open reads as late. */
function CloseDate({ row, now }: { row: Opportunity; now: number }) {
  if (row.closeDate === null) return <span className="faint">–</span>
  const at = Date.parse(row.closeDate)
  if (Number.isNaN(at)) return <span>{row.closeDate}</span>
  const late = row.won === null && at + 86_400_000 < now
  return (
    <span className={late ? 'num warn' : 'num'} title={late ? 'This day is past, and it is still open' : undefined}>
      {closeFormat.format(at)}
    </span>
  )
}

/** Open, won or lost. */
export function OutcomeDot({ won }: { won: boolean | null }) {
  if (won === null) return <StateDot tone="accent">Open</StateDot>
  return won ? <StateDot tone="ok">Won</StateDot> : <StateDot tone="faint">Lost</StateDot>
}

type Shown = 'company' | 'person' | 'active' | 'state'

/** Columns of a list of opportunities; `shown`: those that the page itself does not say already. */
export function opportunityColumns(now: number, shown: readonly Shown[]): readonly Column<Opportunity>[] {
  const all: readonly (Column<Opportunity> & { only?: Shown })[] = [
    {
      id: 'name',
      head: 'Opportunity',
      cell: (row) => (
        <>
          <p className="name clip">{row.name}</p>
          <p className="second clip">
            {shown.includes('person') && (
              <Link to="/contacts/$contactId" params={{ contactId: String(row.contactId) }}>
                {row.contactName}
              </Link>
            )}
            {row.people > 1 && ` and ${row.people - 1} more`}
            {!shown.includes('person') && row.people <= 1 && (row.stage ?? '')}
          </p>
        </>
      ),
    },
    {
      id: 'company',
      head: 'Company',
      phone: 'not-shown',
      only: 'company',
      cell: ({ companyId, companyName }) =>
        companyId === null ? (
          <span className="faint">–</span>
        ) : (
          <Link to="/companies/$companyId" params={{ companyId }} className="clip">
            {companyName}
          </Link>
        ),
    },
    { id: 'stage', head: 'Stage', width: 130, phone: 96, cell: ({ stage }) => stage ?? <span className="faint">–</span> },
    { id: 'outcome', head: 'State', width: 90, phone: 'not-shown', only: 'state', cell: ({ won }) => <OutcomeDot won={won} /> },
    {
      id: 'owner',
      head: 'Owner',
      width: 150,
      phone: 'not-shown',
      cell: ({ ownerName }) => ownerName ?? <span className="faint">nobody</span>,
    },
    { id: 'amount', head: 'Amount', num: true, width: 110, phone: 110, cell: amountWords },
    { id: 'close', head: 'Closes', num: true, width: 110, phone: 'not-shown', cell: (row) => <CloseDate row={row} now={now} /> },
    {
      id: 'active',
      head: 'Last activity',
      phone: 'not-shown',
      width: 150,
      only: 'active',
      cell: (row) =>
        row.quiet === true ? (
          <Chip tone="warn">
            quiet since <DateText at={row.activeAt} style="day" />
          </Chip>
        ) : (
          <DateText at={row.activeAt} />
        ),
    },
  ]
  return all.filter((it) => it.only === undefined || shown.includes(it.only))
}
