import './live.css'
import { type Catalog, collapseSubFlows, type FlowGraph, parseGraph } from '@baton/engine'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Panel } from '@xyflow/react'
import { lazy, useCallback, useEffect, useMemo, useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Later } from '../../ui/later.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import AlwaysCard from '../always-card.tsx'
import { Canvas, type Place } from '../canvas/canvas.tsx'
import { CornerTools } from '../canvas/corner-tools.tsx'
import { Moved } from '../migrate/moved.tsx'
import { OpenOutline } from '../outline/open-outline.tsx'
import { type Count, createEditor, EditorContext } from '../store.ts'
import { useLook } from '../view.ts'
import { drawnCounts } from './drawn-count.ts'
import { LiveClick, type Who } from './live-click.ts'
import { MailHealth } from './mail-health.tsx'
import { NotLetIn } from './not-let-in.tsx'
import { PausedBar } from './paused-bar.tsx'
import { PeopleDrawer } from './people-drawer.tsx'
import { StuckDrawer } from './people-stuck.tsx'
import { RollOut } from './roll-out.tsx'
import { Scans } from './scans.tsx'

const AddPeople = lazy(() => import('./add-people.tsx'))

type Flow = Answers['flows']['get']

const none = new Map<string, Count>()

/** How often counts are asked for while somebody looks. */
const EVERY = 3_000
const PARKED_EVERY = 20_000

function readLive(flow: Flow): FlowGraph {
  const read = parseGraph(flow.liveGraph)
  return 'ok' in read
    ? collapseSubFlows(read.ok)
    : { format: 1, nodes: [], edges: [], settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' } }
}

type Props = { flow: Flow; catalog: Catalog; mayEdit: boolean; place: { current: Place | null }; onInside: (inside: number) => void }

/** The live version with its people: counts on cards and ports, who is where, who is coming in. */
export default function LiveView({ flow, catalog, mayEdit, place, onInside }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a version never changes, so its number says it all
  const store = useMemo(() => createEditor({ graph: readLive(flow), catalog, readOnly: true }), [flow.id, flow.liveVersion])
  const counts = useQuery(api.live.counts.queryOptions({ flowId: flow.id }, { refetchInterval: EVERY, staleTime: 0 }))
  const parked = useQuery(api.live.parked.queryOptions({ flowId: flow.id }, { refetchInterval: PARKED_EVERY }))
  const [open, setOpen] = useState<{ node: string; who: Who } | null>(null)
  const [stuck, setStuck] = useState(false)
  const [adding, setAdding] = useState(false)
  const show = useCallback((node: string, who: Who) => setOpen({ node, who }), [])
  const { data } = counts
  const inside = data?.inside
  useEffect(() => {
    if (inside !== undefined) onInside(inside)
  }, [inside, onInside])
  useEffect(() => {
    if (!data) return store.getState().setCounts(none)
    const ids = store.getState().history.present.nodes.map((it) => it.id)
    store.getState().setCounts(drawnCounts(ids, data.nodes, parked.data ?? {}))
  }, [store, data, parked.data])
  const empty = useCallback(() => {}, [])
  const look = useLook()
  const health = (
    <Panel position="top-left" className="health">
      {flow.status === 'paused' && <PausedBar flowId={flow.id} since={flow.pausedAt} />}
      <Health counts={counts.data} parked={parked.data} onStuck={() => setStuck(true)} />
      {mayEdit && (flow.status === 'live' || flow.status === 'paused') && (
        <Button icon={<IconUserPlus size={14} stroke={1.75} />} onClick={() => setAdding(true)}>
          Add people…
        </Button>
      )}
      {(flow.status === 'live' || flow.status === 'paused') && (
        <RollOut flowId={flow.id} name={flow.name} share={flow.share} mayEdit={mayEdit} />
      )}
      <NotLetIn flowId={flow.id} />
      <MailHealth flowId={flow.id} mayEdit={mayEdit} />
      {(flow.status === 'live' || flow.status === 'paused') && <Moved flowId={flow.id} mayEdit={mayEdit} />}
      <Scans flowId={flow.id} letsIn={flow.status === 'live' || flow.status === 'paused'} mayEdit={mayEdit} />
      {counts.isError && <FailedFrame what="The counts" error={counts.error} onRetry={() => void counts.refetch()} />}
    </Panel>
  )
  return (
    <EditorContext value={store}>
      <LiveClick value={show}>
        <div className="work editor">
          {look === 'outline' ? (
            <OpenOutline onEdit={null} place={place} side={health}>
              <AlwaysCard />
            </OpenOutline>
          ) : (
            <Canvas onEdit={empty} place={place}>
              {health}
              <CornerTools />
              <AlwaysCard />
            </Canvas>
          )}
        </div>
        {adding && (
          <Later what="This question">
            <AddPeople flowId={flow.id} name={flow.name} onClose={() => setAdding(false)} />
          </Later>
        )}
        {stuck && <StuckDrawer flowId={flow.id} total={sumOf(parked.data)} mayEdit={mayEdit} onClose={() => setStuck(false)} />}
        {open && (
          <PeopleDrawer
            flowId={flow.id}
            node={open.node}
            who={open.who}
            mayEdit={mayEdit}
            onWho={(who) => setOpen({ ...open, who })}
            onClose={() => setOpen(null)}
          />
        )}
      </LiveClick>
    </EditorContext>
  )
}

const lagWords = (ms: number) => (ms < 60_000 ? 'on time' : `${fullNumber(Math.round(ms / 60_000))} min behind`)

const STUCK = 'Standing still with an error'

const sumOf = (parked: Readonly<Record<string, number>> | undefined) => Object.values(parked ?? {}).reduce((sum, n) => sum + n, 0)

type HealthProps = { counts: Answers['live']['counts'] | undefined; parked: Record<string, number> | undefined; onStuck: () => void }

function Health({ counts, parked, onStuck }: HealthProps) {
  const stuck = sumOf(parked)
  const facts: readonly (readonly [name: string, value: string, tone?: string | undefined])[] = [
    ['Inside now', counts ? fullNumber(counts.inside) : '–'],
    ['Entered, 24 hours', counts ? fullNumber(counts.enteredToday) : '–'],
    [STUCK, fullNumber(stuck), stuck > 0 ? 'danger' : undefined],
    ['Running', counts ? lagWords(counts.lagMs) : '–', counts && counts.lagMs >= 60_000 ? 'warn' : undefined],
  ]
  return (
    <dl className="float facts ends health-facts">
      {facts.map(([name, value, tone]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd className={tone}>
            {name === STUCK && stuck > 0 ? (
              <button type="button" className="stuck" onClick={onStuck}>
                {value}
              </button>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
