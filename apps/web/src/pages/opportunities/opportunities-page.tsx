import './opportunities.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { useNow } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SearchInput, Toolbar } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { LongTable } from '../../ui/table.tsx'
import { amountWords, type Opportunity, opportunityColumns } from './columns.tsx'
import type { OpportunitySearch } from './routes.tsx'

const route = getRouteApi('/frame/opportunities')
const DAYS = 21

const states = [
  { value: 'open', label: 'Open' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost' },
  { value: 'all', label: 'All' },
] as const

/** The sum of what is listed, by currency. */
function worthOf(rows: readonly Opportunity[]): string {
  const sums = new Map<string | null, number>()
  for (const { amount, currency } of rows) if (amount !== null) sums.set(currency, (sums.get(currency) ?? 0) + amount)
  return [...sums].map(([currency, amount]) => amountWords({ currency, amount })).join(' + ')
}

/** Every opportunity: whose it is, how far, what it is worth, and where nothing moves. */
export function OpportunitiesPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const now = useNow()
  const manager = useMay('admin', 'sales_manager')
  const { state = 'open', stage, owner, find = '', days = DAYS, quiet = false } = search
  const list = useQuery(
    api.opportunities.list.queryOptions(
      { state, stage, ownerId: owner, search: find, quietDays: days, quiet },
      { placeholderData: (before) => before, refetchInterval: 30_000 },
    ),
  )
  const go = (change: OpportunitySearch) => void navigate({ to: '/opportunities', search: { ...search, ...change }, replace: true })
  const open = (row: Opportunity) => {
    if (manager && row.leadId !== null) return void navigate({ to: '/desk/$leadId', params: { leadId: String(row.leadId) } })
    return void navigate({ to: '/contacts/$contactId', params: { contactId: String(row.contactId) } })
  }
  const rows = list.data?.rows
  const filtered = stage !== undefined || owner !== undefined || find !== '' || quiet || state !== 'open'
  return (
    <div className="page">
      <TopBar
        crumbs={['Opportunities']}
        beside={
          rows && rows.length > 0 ? (
            <span className="small muted">
              {fullNumber(rows.length)} {rows.length === 1 ? 'opportunity' : 'opportunities'}
              {worthOf(rows) !== '' && `, ${worthOf(rows)}`}
            </span>
          ) : undefined
        }
      >
        {manager && (
          <span className="opp-board">
            <ButtonLink to="/board">To the board</ButtonLink>
          </span>
        )}
      </TopBar>
      <Toolbar>
        <SearchInput
          label="Find by name or person"
          width="min(100%, 240px)"
          value={find}
          onChange={(next) => go({ find: next === '' ? undefined : next })}
        />
        <Segmented
          label="State"
          size="small"
          value={state}
          onChange={(value) => go({ state: value === 'open' ? undefined : value })}
          options={[...states]}
        />
        <Select
          aria-label="Stage"
          className="opp-filter"
          placeholder="Every stage"
          clearable
          data={(list.data?.stages ?? []).map((it) => ({ value: it.stage, label: it.stage }))}
          value={stage ?? null}
          onChange={(value) => go({ stage: value ?? undefined })}
        />
        <Select
          aria-label="Owner"
          className="opp-filter"
          placeholder="Every owner"
          clearable
          searchable
          data={(list.data?.owners ?? []).map((it) => ({ value: it.id, label: it.name }))}
          value={owner ?? null}
          onChange={(value) => go({ owner: value ?? undefined })}
        />
        <span className="grow opp-gap" />
        {state === 'open' && (
          <span className="row opp-quiet">
            <Button
              size="small"
              look={quiet ? 'default' : 'quiet'}
              aria-pressed={quiet}
              onClick={() => go({ quiet: quiet ? undefined : true })}
            >
              {quiet ? 'Show all' : `Quiet only (${list.data?.quiet ?? 0})`}
            </Button>
            <span className="small muted opp-words">Nobody moved for</span>
            <NumberInput
              aria-label="Days without activity"
              size="xs"
              min={1}
              max={730}
              allowDecimal={false}
              value={days}
              onChange={(value) => typeof value === 'number' && value >= 1 && go({ days: value === DAYS ? undefined : value })}
            />
            <span className="small muted">days</span>
          </span>
        )}
      </Toolbar>
      {list.error && !rows ? (
        <FailedFrame what="The list of opportunities" error={list.error} onRetry={() => void list.refetch()} />
      ) : !rows ? (
        <SkeletonRows rows={8} height={47} />
      ) : rows.length > 0 ? (
        <LongTable
          label="Opportunities"
          tall
          rows={rows}
          rowKey={(row) => row.id}
          columns={opportunityColumns(now, ['company', 'person', 'active', ...(state === 'all' ? (['state'] as const) : [])])}
          onOpen={open}
        />
      ) : filtered ? (
        <EmptyState
          title="No opportunity is like this."
          actions={<Button onClick={() => void navigate({ to: '/opportunities' })}>Show all that are open</Button>}
        >
          {quiet ? `Somebody did something about each of them in the last ${days} days.` : 'Take a filter away to see more.'}
        </EmptyState>
      ) : (
        <EmptyState title="No opportunity is known yet.">
          Sales makes one from an accepted lead on the desk; your CRM tells of others with POST /v1/opportunities.
        </EmptyState>
      )}
      {list.data?.more === true && <p className="small muted opp-more">These are the last 1,000. Narrow the list to see others.</p>}
    </div>
  )
}
