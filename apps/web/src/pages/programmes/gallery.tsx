import './programmes.css'
import type { FlowGraph } from '@baton/engine'
import { IconArrowLeft } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { Preview } from './preview.tsx'
import { ProgrammeCard } from './programme-card.tsx'
import { type Programme, PURPOSES, type Purpose } from './queries.ts'

type Props = {
  /** Shown at once; absent: all of them. */
  first?: string | undefined
  onClose: () => void
  /** A new draft was made. */
  onFlow?: ((id: string) => void) | undefined
  /** The steps are wanted in a draft that is open; then no new one is made. */
  onSteps?: ((graph: FlowGraph, name: string) => void) | undefined
}

/** Programmes to begin with: found by words or purpose, looked at, used. */
export default function Gallery({ first, onClose, onFlow, onSteps }: Props) {
  const list = useQuery(api.programmes.list.queryOptions(undefined, { staleTime: 10_000 }))
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const mayUse = useMay('admin', 'marketer')
  const [shown, setShown] = useState(first ?? null)
  const [chosen, setChosen] = useState<string | null | undefined>(undefined)
  const [find, setFind] = useState('')
  const [purpose, setPurpose] = useState<Purpose | 'all'>('all')
  const programme = list.data?.find((it) => it.id === shown)
  const [only, ...others] = catalog.data?.teams ?? []
  // The only team there is, is the one that is meant.
  const team = chosen === undefined ? (only && others.length === 0 ? only.id : null) : chosen
  const using = useUse({ onClose, onFlow, onSteps })
  const back = () => setShown(null)
  return (
    <Dialog
      open
      onClose={onClose}
      width={1120}
      title={
        programme ? (
          <span className="row">
            <IconButton size="small" label="All programmes" icon={<IconArrowLeft size={16} stroke={1.75} />} onClick={back} />
            {programme.name}
          </span>
        ) : (
          'Begin from a programme'
        )
      }
      foot={
        programme && (
          <>
            <Button onClick={back}>All programmes</Button>
            {mayUse && (
              <Button
                data-autofocus
                look="primary"
                busy={using.busy}
                onClick={() => using.use(programme, programme.asksTeam ? team : null)}
              >
                Use this programme
              </Button>
            )}
          </>
        )
      }
    >
      <div className="gallery">
        {list.isPending && <SkeletonRows rows={6} height={96} />}
        {list.isError && <FailedFrame what="The gallery" error={list.error} onRetry={() => void list.refetch()} />}
        {programme && <Preview programme={programme} team={team} onTeam={setChosen} mayUse={mayUse} />}
        {list.data && !programme && (
          <Shelf all={list.data} find={find} onFind={setFind} purpose={purpose} onPurpose={setPurpose} onOpen={(it) => setShown(it.id)} />
        )}
      </div>
    </Dialog>
  )
}

function useUse({ onClose, onFlow, onSteps }: Pick<Props, 'onClose' | 'onFlow' | 'onSteps'>) {
  const queries = useQueryClient()
  const wrong = { onError: (error: unknown) => toast({ words: problemWords(error), bad: true }) }
  const asFlow = useMutation(api.programmes.use.mutationOptions(wrong))
  const asSteps = useMutation(api.programmes.steps.mutationOptions(wrong))
  const say = (name: string, mails: number) => {
    const along = mails === 0 ? '' : mails === 1 ? ' One mail came along as a draft.' : ` ${mails} mails came along as drafts.`
    toast({ words: `${name} is on the canvas.${along}` })
  }
  /** Names of what was made are known before the steps that use them are drawn. */
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
    void queries.invalidateQueries({ queryKey: api.programmes.pathKey() })
  }
  const use = async ({ id }: Programme, team: string | null) => {
    if (onSteps) {
      const { graph, name, made } = await asSteps.mutateAsync({ id, team })
      await refresh()
      onSteps(graph, name)
      onClose()
      say(name, made.templates.length)
    } else {
      const { id: flow, name, made } = await asFlow.mutateAsync({ id, team })
      await refresh()
      // The page of the flow takes the place of this one, and the gallery goes with it.
      onFlow?.(flow)
      say(name, made.templates.length)
    }
  }
  return {
    busy: asFlow.isPending || asSteps.isPending,
    // What goes wrong is told by the mutations.
    use: (programme: Programme, team: string | null) => void use(programme, team).catch(() => undefined),
  }
}

type ShelfProps = {
  all: readonly Programme[]
  find: string
  onFind: (text: string) => void
  purpose: Purpose | 'all'
  onPurpose: (purpose: Purpose | 'all') => void
  onOpen: (programme: Programme) => void
}

function Shelf({ all, find, onFind, purpose, onPurpose, onOpen }: ShelfProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const wanted = find.trim().toLowerCase()
  const fit = all.filter(
    (it) =>
      (purpose === 'all' || it.purpose === purpose) &&
      `${it.name} ${it.when} ${it.needs.map((need) => need.name).join(' ')}`.toLowerCase().includes(wanted),
  )
  return (
    <>
      <div className="row gallery-head">
        <Segmented
          label="Purpose"
          size="small"
          value={purpose}
          onChange={onPurpose}
          options={[{ value: 'all', label: 'All' }, ...PURPOSES.map(({ value, words }) => ({ value, label: words }))]}
        />
        <span className="grow" />
        <SearchInput ref={field} label="Find a programme" value={find} onChange={onFind} />
      </div>
      {fit.length === 0 ? (
        <EmptyState
          title={`No programme fits “${find.trim()}”.`}
          actions={
            <Button
              onClick={() => {
                onFind('')
                onPurpose('all')
              }}
            >
              Show all
            </Button>
          }
        />
      ) : (
        <ul className="programmes">
          {fit.map((it) => (
            <li key={it.id}>
              <ProgrammeCard programme={it} onOpen={() => onOpen(it)} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
