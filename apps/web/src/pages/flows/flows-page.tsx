import './flows.css'
import { IconArchive, IconArchiveOff, IconCopy, IconLayoutGrid, IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, useCallback, useMemo, useRef, useState } from 'react'
import { api, client } from '../../shell/api.ts'
import { useCommands } from '../../shell/commands.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { unused } from '../../shell/used.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { FileChoice } from '../../ui/file-choice.tsx'
import { Later } from '../../ui/later.tsx'
import { SearchInput, Toolbar } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { LongTable, type Sort } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.ts'
import { NewFlow } from '../home/new-flow.tsx'
import { columns, sorted } from './columns.tsx'
import type { FlowTab } from './routes.tsx'
import { inTab } from './states.ts'
import { isBundle, takeBundle } from './take-bundle.ts'

const Gallery = lazy(() => import('../programmes/gallery.tsx'))

const route = getRouteApi('/frame/flows')
const tabs: readonly { value: FlowTab; words: string }[] = [
  { value: 'all', words: 'All' },
  { value: 'live', words: 'Live' },
  { value: 'drafts', words: 'Drafts' },
  { value: 'paused', words: 'Paused' },
  { value: 'archived', words: 'Archived' },
]

/** Every flow: what state it is in, how busy it is, what is wrong with it. */
export function FlowsPage() {
  const { tab = 'all', find = '', programme } = route.useSearch()
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const mayEdit = useMay('admin', 'marketer')
  const list = useQuery(api.flows.list.queryOptions(undefined, { refetchInterval: 15_000 }))
  const [sort, setSort] = useState<Sort>({ by: 'changed', down: true })
  const file = useRef<HTMLInputElement>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: api.flows.pathKey() })
  const wrong = { onError: (error: { message: string }) => toast({ words: error.message, bad: true }) }
  const open = (flowId: string) => void navigate({ to: '/flows/$flowId', params: { flowId } })

  const duplicate = useMutation(
    api.flows.duplicate.mutationOptions({
      ...wrong,
      onSuccess: async ({ name }) => {
        await refresh()
        toast({ words: `Duplicated as ${name}.` })
      },
    }),
  )
  const unarchive = useMutation(api.flows.unarchive.mutationOptions({ ...wrong, onSuccess: refresh }))
  const archive = useMutation(
    api.flows.archive.mutationOptions({
      ...wrong,
      onSuccess: async (_, { id }) => {
        const name = list.data?.find((it) => it.id === id)?.name ?? 'The flow'
        await refresh()
        toast({ words: `${name} is in the archive.`, undo: () => unarchive.mutate({ id }) })
      },
    }),
  )
  const bringIn = async (chosen: File | undefined) => {
    if (!chosen) return
    try {
      const content: unknown = JSON.parse(await chosen.text())
      if (isBundle(content)) {
        const taken = await takeBundle(content)
        if (taken !== null) open(taken)
        return
      }
      const { id } = await client.flows.import.mutate({ file: content })
      open(id)
    } catch (error) {
      const words = error instanceof SyntaxError ? `${chosen.name} is not a flow file: it is not JSON.` : problemWords(error)
      toast({ words, bad: true })
    }
  }
  const showGallery = useCallback(
    (at: string | undefined) => void navigate({ search: (now) => ({ ...now, programme: at }), replace: at === undefined }),
    [navigate],
  )
  const deeds = useMemo(
    () =>
      mayEdit
        ? [
            { id: 'programme', words: 'Begin a flow from a programme', run: () => showGallery('') },
            { id: 'import-flow', words: 'Bring a flow in from a file', run: () => file.current?.click() },
          ]
        : [],
    [mayEdit, showGallery],
  )
  useCommands(deeds)
  const all = list.data
  const rows = useMemo(() => {
    const wanted = find.trim().toLowerCase()
    const fit = (all ?? []).filter((it) => inTab(it, tab) && (wanted === '' || it.name.toLowerCase().includes(wanted)))
    return sorted(fit, sort)
  }, [all, tab, find, sort])
  const count = (value: FlowTab) => all?.filter((it) => inTab(it, value)).length ?? 0
  const begin = (
    <>
      <NewFlow />
      <Button onClick={() => showGallery('')}>Begin from a programme</Button>
    </>
  )

  return (
    <div className="page flows">
      <TopBar crumbs={['Flows']}>
        {mayEdit && (
          <>
            <FileChoice ref={file} label="Flow file" accept=".json,application/json" onFile={(it) => void bringIn(it)} />
            <Button look="quiet" icon={<IconUpload size={14} stroke={1.75} />} onClick={() => file.current?.click()}>
              Open a file
            </Button>
            <Button icon={<IconLayoutGrid size={14} stroke={1.75} />} onClick={() => showGallery('')}>
              Programmes
            </Button>
            <NewFlow />
          </>
        )}
      </TopBar>
      {programme !== undefined && (
        <Later what="The gallery">
          <Gallery key={programme} first={programme === '' ? undefined : programme} onClose={() => showGallery(undefined)} onFlow={open} />
        </Later>
      )}
      <Toolbar>
        <Segmented
          label="Which flows"
          value={tab}
          onChange={(value) => void navigate({ search: (now) => ({ ...now, tab: value === 'all' ? undefined : value }), replace: true })}
          options={tabs.map(({ value, words }) => ({ value, label: all ? `${words} ${count(value)}` : words }))}
        />
        <span className="grow" />
        <SearchInput
          label="Find a flow"
          value={find}
          onChange={(text) => void navigate({ search: (now) => ({ ...now, find: text === '' ? undefined : text }), replace: true })}
        />
      </Toolbar>
      {list.isPending && <SkeletonRows rows={8} height={47} />}
      {list.isError && !all && <FailedFrame what="The list of flows" error={list.error} onRetry={() => void list.refetch()} />}
      {all && rows.length > 0 && (
        <LongTable
          label="Flows"
          tall
          rows={rows}
          columns={columns}
          rowKey={(it) => it.id}
          onOpen={(it) => open(it.id)}
          sort={sort}
          onSort={setSort}
          actions={
            mayEdit
              ? (it) => (
                  <>
                    <IconButton
                      size="small"
                      label="Duplicate"
                      icon={<IconCopy size={14} stroke={1.75} />}
                      onClick={() => duplicate.mutate({ id: it.id })}
                    />
                    {it.status === 'archived' ? (
                      <IconButton
                        size="small"
                        label="Take out of the archive"
                        icon={<IconArchiveOff size={14} stroke={1.75} />}
                        onClick={() => unarchive.mutate({ id: it.id })}
                      />
                    ) : (
                      (it.status === 'draft' || it.status === 'stopped') && (
                        <IconButton
                          size="small"
                          label="Archive"
                          icon={<IconArchive size={14} stroke={1.75} />}
                          onClick={() =>
                            void unused({ kind: 'flow', id: it.id, name: it.name }).then((free) => free && archive.mutate({ id: it.id }))
                          }
                        />
                      )
                    )}
                  </>
                )
              : undefined
          }
        />
      )}
      {all && rows.length === 0 && <Nothing all={all.length} find={find} tab={tab} action={mayEdit ? begin : undefined} />}
    </div>
  )
}

function Nothing({ all, find, tab, action }: { all: number; find: string; tab: FlowTab; action: React.ReactNode }) {
  const navigate = route.useNavigate()
  if (find !== '') {
    return (
      <EmptyState
        title={`No flow is called “${find}”.`}
        actions={
          <Button onClick={() => void navigate({ search: (now) => ({ ...now, find: undefined }), replace: true })}>Clear search</Button>
        }
      />
    )
  }
  if (all === 0) {
    return (
      <EmptyState title="No flow yet." actions={action}>
        A flow takes people from the moment they come in to the moment sales has them, or they leave.
      </EmptyState>
    )
  }
  const words: Record<FlowTab, string> = {
    all: 'Every flow is in the archive.',
    live: 'No flow is live.',
    drafts: 'No draft waits.',
    paused: 'No flow is paused.',
    archived: 'Nothing is in the archive.',
  }
  return <EmptyState title={words[tab]} />
}
