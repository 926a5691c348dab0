import './review.css'
import { type Catalog, diffFlows, diffWords, type FlowGraph, planHash } from '@baton/engine'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useReactFlow } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { type Answers, api } from '../../shell/api.ts'
import { useKeys } from '../../shell/keys.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Chip } from '../../ui/marks.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import AlwaysCard from '../always-card.tsx'
import { Canvas, type Place } from '../canvas/canvas.tsx'
import { CornerTools } from '../canvas/corner-tools.tsx'
import { boxOf } from '../geometry.ts'
import { glide } from '../glide.ts'
import { ModePanel } from '../mode-panel.tsx'
import { OpenOutline } from '../outline/open-outline.tsx'
import { createEditor, EditorContext } from '../store.ts'
import { useLook } from '../view.ts'
import { ChangesList } from './changes-list.tsx'
import { compare, type Side, useCompared } from './compare.ts'
import { CompareChoice } from './compare-choice.tsx'
import { Decision } from './decision.tsx'
import { Threads } from './threads.tsx'
import { marksOf, unionOf } from './union.ts'

type Tab = 'review' | 'changes' | 'comments'
type Flow = { id: string; name: string }
type Drawn = Answers['reviews']['drawn']
/** How often is asked whether others have said something. */
const EVERY = 5_000

type Props = {
  flow: Flow
  catalog: Catalog
  mayEdit: boolean
  place: { current: Place | null }
  /** What the draft does as one number, for whoever says whether it is another than what is live. */
  onHash: (hash: string) => void
}

const nothing = () => {}

/** The draft beside the live version, or any two versions; what was said about it, and who approves it. */
export default function ReviewView(props: Props) {
  // Whoever comes back another time looks at the draft.
  useEffect(() => () => compare(null), [])
  const drawn = useQuery(api.reviews.drawn.queryOptions({ flowId: props.flow.id }, { staleTime: 0, refetchOnMount: 'always' }))
  if (drawn.isError) return <FailedFrame what="The draft" error={drawn.error} onRetry={() => void drawn.refetch()} />
  if (!drawn.data || !drawn.isFetchedAfterMount) return <div className="work editor" />
  return <Opened {...props} drawn={drawn.data} onReload={() => void drawn.refetch()} />
}

/** What is beside each other: the draft and what is live, or what somebody chose; a version that is still on its way shows the usual. */
function useSides(flowId: string, { draft, live, liveVersion }: Drawn) {
  const chosen = useCompared((state) => (state.compared?.flowId === flowId ? state.compared : null))
  const from: Side = chosen?.from ?? liveVersion ?? 'draft'
  const to: Side = chosen?.to ?? 'draft'
  const ask = (side: Side) => (typeof side === 'number' && chosen ? { id: flowId, version: side } : skipToken)
  const before = useQuery(api.flows.version.queryOptions(ask(from), { staleTime: Number.POSITIVE_INFINITY }))
  const after = useQuery(api.flows.version.queryOptions(ask(to), { staleTime: Number.POSITIVE_INFINITY }))
  const graphOf = (side: Side, found: FlowGraph | undefined) => (side === 'draft' ? draft : (found ?? null))
  const [one, two] = [graphOf(from, before.data?.graph), graphOf(to, after.data?.graph)]
  const ready = chosen !== null && one !== null && two !== null
  // Looked at anew only when somebody chose anew.
  const sides = useMemo(() => (ready ? { was: one, is: two } : { was: live, is: draft }), [ready, one, two, live, draft])
  return { ...sides, from, to, usual: chosen === null, error: before.error ?? after.error }
}

function Opened({ flow, catalog, mayEdit, place, onHash, drawn, onReload }: Props & { drawn: Drawn; onReload: () => void }) {
  const { draft } = drawn
  const { was: live, is, from, to, usual, error } = useSides(flow.id, drawn)
  const diff = useMemo(() => diffFlows(live ?? is, is), [is, live])
  const parts = useMemo(() => diffWords(live ?? is, is, catalog, diff), [is, live, catalog, diff])
  const store = useMemo(() => {
    const graph = unionOf(is, live, diff)
    // All groups lie open, so that nothing that changed is hidden in one.
    return createEditor({
      graph: { ...graph, groups: (graph.groups ?? []).map((it) => ({ ...it, folded: false })) },
      catalog,
      readOnly: true,
    })
  }, [is, live, diff, catalog])
  useEffect(() => onHash(planHash(draft)), [draft, onHash])
  const look = useLook()
  const [tab, setTab] = useState<Tab>(usual ? 'review' : 'changes')
  const comments = useQuery(api.reviews.comments.queryOptions({ flowId: flow.id }, { refetchInterval: EVERY, staleTime: 0 }))
  const open = useMemo(() => (comments.data ?? []).filter((it) => it.id === it.thread && it.resolvedAt === null), [comments.data])
  useEffect(() => {
    const talked = new Set(open.flatMap((it) => it.node ?? []))
    store.getState().setMarks(marksOf(store.getState().history.present, live ? diff : null, talked))
  }, [store, diff, live, open])
  const canvas = useReactFlow()
  const show = (ids: readonly string[]) => {
    store.getState().select(ids)
    const node = store.getState().history.present.nodes.find((it) => it.id === ids[0])
    if (!node) return
    const box = boxOf(node)
    void canvas.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: Math.max(0.7, canvas.getZoom()), duration: glide(260) })
  }
  const selected = useStore(store, (state) => (state.selected.size === 1 ? ([...state.selected][0] ?? null) : null))
  const stops = parts.flatMap((it) => it.node ?? [])
  const go = (by: 1 | -1) => {
    const at = selected === null ? -1 : stops.indexOf(selected)
    const next = stops[(at + by + stops.length) % stops.length] ?? stops[0]
    if (next !== undefined) show([next])
  }
  useKeys([
    ['D', () => go(1)],
    ['shift+D', () => go(-1)],
    ['shift+N', () => setTab('comments')],
  ])
  return (
    <EditorContext value={store}>
      <div className="work editor reviewing">
        {look === 'outline' ? (
          <OpenOutline onEdit={() => setTab('comments')} place={place}>
            <AlwaysCard />
          </OpenOutline>
        ) : (
          <Canvas onEdit={nothing} place={place}>
            <CornerTools />
            <AlwaysCard />
          </Canvas>
        )}
        <ModePanel label="Review">
          <Tabs
            label="Review"
            value={tab}
            onChange={setTab}
            tabs={[
              { value: 'review', label: 'Review' },
              {
                value: 'changes',
                label: <>Changes {live && <Chip>{parts.length}</Chip>}</>,
              },
              {
                value: 'comments',
                label: <>Comments {open.length > 0 && <Chip>{open.length}</Chip>}</>,
              },
            ]}
          />
          {tab === 'review' && <Decision flow={flow} rev={drawn.rev} mayEdit={mayEdit} onShow={show} onReload={onReload} />}
          {tab === 'changes' && (
            <>
              <CompareChoice flowId={flow.id} from={from} to={to} usual={usual} />
              {error ? (
                <FailedFrame what="That version" error={new Error(error.message)} onRetry={() => compare(null)} />
              ) : (
                <ChangesList parts={parts} first={live === null} from={from} to={to} onShow={show} />
              )}
            </>
          )}
          {tab === 'comments' &&
            (comments.data ? (
              <Threads flowId={flow.id} comments={comments.data} node={selected} onShow={show} />
            ) : comments.isError ? (
              <FailedFrame what="The comments" error={comments.error} onRetry={() => void comments.refetch()} />
            ) : (
              <SkeletonRows rows={4} height={64} />
            ))}
        </ModePanel>
      </div>
    </EditorContext>
  )
}
