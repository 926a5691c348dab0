import './companies.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { isFinal, problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Facts, Panel, Section } from '../../ui/panel.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { toast } from '../../ui/toast.ts'
import { OpportunityList } from '../opportunities/opportunity-list.tsx'
import { CompanyDialog } from './company-dialog.tsx'
import { known } from './values.ts'

type Person = Answers['companies']['get']['people'][number]

const route = getRouteApi('/frame/companies/$companyId')

const columns: readonly Column<Person>[] = [
  {
    id: 'name',
    head: 'Person',
    cell: ({ name, key }) => (
      <>
        <p className="name clip">{name || key}</p>
        {name !== '' && <p className="second clip">{key}</p>}
      </>
    ),
  },
  { id: 'stage', head: 'Stage', width: 140, cell: ({ stage }) => stage.charAt(0).toUpperCase() + stage.slice(1) },
  { id: 'since', head: 'Here since', width: 140, cell: ({ since }) => <DateText at={since} /> },
]

/** One company: what is known of it, and who belongs to it. */
export function CompanyPage() {
  const { companyId: id } = route.useParams()
  const company = useQuery(api.companies.get.queryOptions({ id }, { refetchInterval: 15_000 }))
  const [show, setShow] = useState<'people' | 'deals'>('people')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const may = useMay('admin', 'marketer')
  const [editing, setEditing] = useState(false)
  const remove = useMutation(
    api.companies.remove.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSuccess: async () => {
        await navigate({ to: '/companies' })
        await queries.invalidateQueries(api.companies.list.pathFilter())
      },
    }),
  )
  const { data, error } = company
  useEffect(() => {
    if (data) document.title = `${data.name} · Baton`
  }, [data])
  const crumbs = [
    <Link key="companies" to="/companies">
      Companies
    </Link>,
    data?.name ?? '…',
  ]
  if (!data) {
    return (
      <div className="page">
        <TopBar crumbs={crumbs} />
        {error && isFinal(error) ? (
          <EmptyState title="This company is not here" actions={<ButtonLink to="/companies">To the list</ButtonLink>}>
            {problemWords(error)}
          </EmptyState>
        ) : error ? (
          <FailedFrame what="This company" error={error} onRetry={() => void company.refetch()} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </div>
    )
  }
  const ask = async () => {
    const text = 'Its people stay and belong to no company. Flows and segments that ask for it hear of that.'
    if (await confirm({ title: `Remove ${data.name}?`, text, deed: 'Remove', danger: true })) remove.mutate({ id })
  }
  return (
    <div className="page">
      <TopBar crumbs={crumbs}>
        {may && (
          <>
            <Button look="quiet" onClick={() => void ask()}>
              Remove…
            </Button>
            <Button onClick={() => setEditing(true)}>Edit…</Button>
          </>
        )}
      </TopBar>
      <div className="work company-work">
        <div className="company-body">
          <Tabs
            label="What of the company"
            value={show}
            onChange={setShow}
            tabs={[
              { value: 'people', label: `People ${data.people.length}${data.more ? '+' : ''}` },
              { value: 'deals', label: 'Opportunities' },
            ]}
          />
          {show === 'deals' && <Deals companyId={id} />}
          {show === 'people' && data.people.length === 0 && (
            <EmptyState title="Nobody belongs to it yet.">
              Open a person and choose this company under “Company and purchases”, or let your systems say it with a group call.
            </EmptyState>
          )}
          {show === 'people' && data.people.length > 0 && (
            <LongTable
              label="People"
              tall
              rows={data.people}
              rowKey={(row) => String(row.id)}
              columns={columns}
              onOpen={(row) => void navigate({ to: '/contacts/$contactId', params: { contactId: String(row.id) } })}
            />
          )}
          {show === 'people' && data.more && (
            <p className="small muted">These are the first {data.people.length}. A segment over this company shows all.</p>
          )}
        </div>
        <Panel label="About this company" width={320}>
          <Section title="Known">
            <Facts facts={[['Domain', data.domain ?? <span className="faint">–</span>], ...known(data.data, ['Domain'])]} />
          </Section>
          <Section>
            <Facts
              facts={[
                ['Id', data.id],
                ['Added', <DateText key="added" at={data.createdAt} style="full" />],
                ['Changed', <DateText key="changed" at={data.updatedAt} style="full" />],
              ]}
            />
          </Section>
        </Panel>
      </div>
      <CompanyDialog company={editing ? data : null} onClose={() => setEditing(false)} />
    </div>
  )
}

/** The opportunities of its people: whose, how far, what they are worth. */
function Deals({ companyId }: { companyId: string }) {
  const deals = useQuery(api.opportunities.ofCompany.queryOptions({ companyId }, { refetchInterval: 30_000 }))
  if (deals.error) return <FailedFrame what="The opportunities" error={deals.error} onRetry={() => void deals.refetch()} />
  if (!deals.data) return <SkeletonRows rows={4} />
  if (deals.data.length === 0) {
    return (
      <EmptyState title="No opportunity is known.">
        Sales makes one from an accepted lead of somebody here; your CRM tells of others.
      </EmptyState>
    )
  }
  return <OpportunityList rows={deals.data} />
}
