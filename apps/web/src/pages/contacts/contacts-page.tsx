import { condition as parseCondition } from '@baton/engine'
import './contacts.css'
import { useDebouncedValue } from '@mantine/hooks'
import { IconColumns3, IconFilter, IconPlus, IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { api, client } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SearchInput, Toolbar } from '../../ui/search-input.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { LongTable } from '../../ui/table.tsx'
import { AddDialog } from './add-dialog.tsx'
import { BulkActions } from './bulk-actions.tsx'
import { contactColumns } from './columns.tsx'
import { ColumnsDialog } from './columns-dialog.tsx'
import { FilterChips } from './filter-chips.tsx'
import { FilterDrawer } from './filter-drawer.tsx'
import { JobLine } from './jobs.tsx'
import { NoContacts, NoMatch } from './no-contacts.tsx'
import { useColumns } from './use-columns.ts'

const route = getRouteApi('/frame/contacts')
type Cursor = Awaited<ReturnType<typeof client.contacts.list.query>>['next']
const icon = { size: 14, stroke: 1.75 }

/** Everybody: found, narrowed, picked, and what is done to many at once. */
export function ContactsPage() {
  const { find = '', filter: asked, segment, sort = { by: 'created', down: true } } = route.useSearch()
  // The address may be anybody's: what is no condition is no filter.
  const condition = useMemo(() => parseCondition.safeParse(asked).data, [asked])
  const navigate = route.useNavigate()
  const mayEdit = useMay('admin', 'marketer')
  const [asking, setAsking] = useState<'add' | 'filter' | 'columns' | null>(null)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const [jobs, setJobs] = useState<readonly string[]>([])
  const fields = useQuery(api.fields.list.queryOptions())
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const [search] = useDebouncedValue(find.trim(), 250)
  const filter = useMemo(
    () => ({ ...(search === '' ? {} : { search }), ...(condition ? { condition } : {}), ...(segment ? { segmentId: segment } : {}) }),
    [search, condition, segment],
  )
  const narrowed = Object.keys(filter).length > 0
  const order = { by: sort.by, descending: sort.down }
  const list = useInfiniteQuery({
    queryKey: [...api.contacts.pathKey(), 'rows', filter, order],
    queryFn: ({ pageParam, signal }) => client.contacts.list.query({ filter, sort: order, after: pageParam }, { signal }),
    initialPageParam: null as Cursor,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const count = useQuery(api.contacts.count.queryOptions({ filter }, { placeholderData: keepPreviousData }))
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  const [shown, choose] = useColumns(fields.data ?? [], rows)
  const graded = rows.some((it) => it.grade !== null)
  const columns = useMemo(() => contactColumns(fields.data ?? [], shown, graded), [fields.data, shown, graded])
  const total = count.data?.n
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other rows, so nothing stays picked
  useEffect(() => {
    setPicked(new Set())
    setAll(false)
  }, [filter])
  const look = (next: Partial<ReturnType<typeof route.useSearch>>) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true })
  const open = (id: number) => void navigate({ to: '/contacts/$contactId', params: { contactId: String(id) } })
  const empty = list.isSuccess && rows.length === 0
  return (
    <div className="page contacts">
      <TopBar
        crumbs={['Contacts']}
        beside={
          total !== undefined && (
            <span className="small faint num">
              {count.data?.exact === false && 'about '}
              {fullNumber(total)}
            </span>
          )
        }
      >
        {mayEdit && (
          <>
            <ButtonLink look="quiet" to="/contacts/fields">
              Fields
            </ButtonLink>
            <ButtonLink look="quiet" to="/imports" className="not-on-phone" icon={<IconUpload {...icon} />}>
              Import
            </ButtonLink>
            <Button look={empty && !narrowed ? 'default' : 'primary'} icon={<IconPlus {...icon} />} onClick={() => setAsking('add')}>
              Add a person
            </Button>
          </>
        )}
      </TopBar>
      {jobs.length > 0 && (
        <div className="jobs">
          {jobs.map((id) => (
            <JobLine key={id} id={id} onClose={() => setJobs((now) => now.filter((it) => it !== id))} />
          ))}
        </div>
      )}
      {!(empty && !narrowed) && (
        <Toolbar>
          <SearchInput
            label="Find by name, e-mail or company"
            width={280}
            value={find}
            onChange={(text) => look({ find: text === '' ? undefined : text })}
          />
          <Button icon={<IconFilter {...icon} />} onClick={() => setAsking('filter')}>
            Filter
          </Button>
          <FilterChips condition={condition} segment={segment} catalog={catalog.data} onEdit={() => setAsking('filter')} onLook={look} />
          <span className="grow" />
          <Button look="quiet" className="not-on-phone" icon={<IconColumns3 {...icon} />} onClick={() => setAsking('columns')}>
            Columns
          </Button>
        </Toolbar>
      )}
      {mayEdit && picked.size > 0 && catalog.data && fields.data && (
        <BulkActions
          picked={picked}
          loaded={rows.length}
          total={total}
          all={all}
          onAll={setAll}
          filter={filter}
          fields={fields.data}
          catalog={catalog.data}
          onBegun={(id) => {
            setJobs((now) => [...now, id])
            setPicked(new Set())
            setAll(false)
          }}
          onClear={() => {
            setPicked(new Set())
            setAll(false)
          }}
        />
      )}
      {list.isPending && <SkeletonRows rows={12} height={47} />}
      {list.isError && <FailedFrame what="The list" error={new Error(problemWords(list.error))} onRetry={() => void list.refetch()} />}
      {rows.length > 0 && (
        <LongTable
          label="Contacts"
          tall
          rows={rows}
          rowKey={(row) => String(row.id)}
          columns={columns}
          onOpen={(row) => open(row.id)}
          sort={sort}
          onSort={(next) => look({ sort: next })}
          picked={mayEdit ? picked : undefined}
          onPick={(next) => {
            setPicked(next)
            setAll(false)
          }}
          more={list.hasNextPage ? { load: () => void list.fetchNextPage(), loading: list.isFetchingNextPage } : undefined}
        />
      )}
      {empty &&
        (narrowed ? (
          <NoMatch find={find} onClear={() => look({ find: undefined, filter: undefined, segment: undefined })} />
        ) : (
          <NoContacts onAdd={() => setAsking('add')} />
        ))}
      <AddDialog open={asking === 'add'} fields={fields.data ?? []} onClose={() => setAsking(null)} onMade={open} />
      {catalog.data && (
        <FilterDrawer
          open={asking === 'filter'}
          catalog={catalog.data}
          value={condition}
          onShow={(next) => look({ filter: next })}
          onClose={() => setAsking(null)}
        />
      )}
      <ColumnsDialog
        open={asking === 'columns'}
        fields={fields.data ?? []}
        shown={shown}
        onChoose={choose}
        onClose={() => setAsking(null)}
      />
    </div>
  )
}
