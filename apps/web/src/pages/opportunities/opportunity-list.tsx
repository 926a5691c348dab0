import { useNow } from '../../ui/date-text.tsx'
import { Table } from '../../ui/table.tsx'
import { type Opportunity, opportunityColumns } from './columns.tsx'

/** The opportunities of one company or person, on its page. */
export function OpportunityList({ rows, onOpen }: { rows: readonly Opportunity[]; onOpen?: ((row: Opportunity) => void) | undefined }) {
  const now = useNow()
  return (
    <Table
      label="Opportunities"
      tall
      rows={rows}
      rowKey={(row) => row.id}
      columns={opportunityColumns(now, ['person', 'active', 'state'])}
      onOpen={onOpen}
    />
  )
}
