import './simulate.css'
import type { Catalog, FlowGraph, FlowTest } from '@baton/engine'
import { walkOfTest } from '@baton/engine'
import { IconLock, IconRefresh } from '@tabler/icons-react'
import { Panel as Corner, useReactFlow } from '@xyflow/react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { faceOf } from '../../pages/contacts/passage-steps.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { DateText, useNow } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Avatar, Chip } from '../../ui/marks.tsx'
import { Facts } from '../../ui/panel.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import AlwaysCard from '../always-card.tsx'
import { Canvas, type Place } from '../canvas/canvas.tsx'
import { CornerTools } from '../canvas/corner-tools.tsx'
import { canvasFrame } from '../canvas/fit.ts'
import { glide } from '../glide.ts'
import { ModePanel } from '../mode-panel.tsx'
import { OpenOutline } from '../outline/open-outline.tsx'
import { createEditor, EditorContext, type EditorStore, useEditor, useEditorStore } from '../store.ts'
import { useLook } from '../view.ts'
import { KeepTest } from './keep-test.tsx'
import { nameOfPersona } from './personas.ts'
import type { Begin } from './protocol.ts'
import { freshSetUp, SetUp, type Walker } from './set-up.tsx'
import type { Simulator } from './simulator.ts'
import { Spoken } from './spoken.tsx'
import { TestsPanel } from './tests-panel.tsx'
import { TimeBar } from './time-bar.tsx'
import { EarlierMoment, WalkTimeline } from './timeline.tsx'
import { Trail, WalkedLines } from './trail.tsx'
import { type Ground, useGround } from './use-basis.ts'
import { keptWalk, useKeptWalk } from './use-kept-walk.ts'
import { createWalk, type WalkStore } from './walk-store.ts'
import { WhatNext } from './what-next.tsx'

const ForecastPanel = lazy(() => import('./forecast/forecast-panel.tsx'))
const BacktestPanel = lazy(() => import('./backtest/backtest-panel.tsx'))

type Tab = 'walk' | 'forecast' | 'backtest' | 'tests'
/** Where the canvas shows counts of many, and nobody walks. */
const isCounted = (tab: Tab) => tab === 'forecast' || tab === 'backtest'
/** Of what is drawn: the same walk draws the same. */
const SEED = 'walk'

type Props = {
  flow: { id: string; name: string }
  catalog: Catalog
  /** The draft as it is being drawn: what is walked, and where tests are kept. */
  draft: EditorStore
  place: { current: Place | null }
  toEdit: () => void
}

const nothing = () => {}

/** The draft, gone through by one person: nothing is sent, nothing is written. */
export default function SimulateView({ flow, catalog, draft, place, toEdit }: Props) {
  const graph = useStore(draft, (state) => state.history.present)
  const drawn = useDrawn(graph)
  // What is looked at here is never edited here; all groups lie open, so that the way can be seen.
  const shown = useMemo(() => {
    const open = { ...drawn, ...(drawn.groups ? { groups: drawn.groups.map((it) => ({ ...it, folded: false })) } : {}) }
    return createEditor({ graph: open, catalog, readOnly: true })
  }, [drawn, catalog])
  const ground = useGround(flow, drawn, catalog)
  return (
    <EditorContext value={shown}>
      {ground === null ? (
        <div className="work editor" />
      ) : (
        <Opened flow={flow} catalog={catalog} draft={draft} shown={shown} drawn={drawn} place={place} toEdit={toEdit} ground={ground} />
      )}
    </EditorContext>
  )
}

/** The flow without its tests: to keep one is no reason to walk anew. */
function useDrawn(graph: FlowGraph): FlowGraph {
  const { nodes, edges, settings, notes, groups, format } = graph
  return useMemo(
    () => ({ format, nodes, edges, settings, ...(notes ? { notes } : {}), ...(groups ? { groups } : {}) }),
    [format, nodes, edges, settings, notes, groups],
  )
}

function Opened({
  flow,
  catalog,
  draft,
  shown,
  drawn,
  place,
  toEdit,
  ground,
}: Props & { ground: Ground; shown: EditorStore; drawn: FlowGraph }) {
  const { engine, issues, graph, error, retry } = ground
  const now = useNow()
  const walk = useMemo(() => createWalk(engine), [engine])
  const [tab, setTab] = useState<Tab>('walk')
  const [setUp, setSetUp] = useState(() => keptWalk(flow.id)?.setUp ?? freshSetUp(Math.ceil(now / 60_000) * 60_000))
  const [walker, setWalker] = useState(() => keptWalk(flow.id)?.walker ?? null)
  useKeptWalk(flow.id, { walk, graph, ready: issues?.length === 0, setUp, walker })
  const begun = useStore(walk, (state) => state.begin !== null)
  const tests = useStore(draft, (state) => state.history.present.tests?.length ?? 0)
  const walks = begun && !isCounted(tab) && issues?.length === 0
  const start = (begin: Begin, who: Walker) => {
    setWalker(who)
    void walk.getState().start(begin)
  }
  const walkTest = (test: FlowTest) => {
    const { at, decisions } = walkOfTest(test)
    setWalker({ name: nameOfPersona(test.persona), contactId: null })
    setTab('walk')
    void walk.getState().start({ at, who: { kind: 'persona', persona: test.persona }, entrance: null }, decisions)
  }
  const empty = useStore(draft, (state) => state.history.present.nodes.length === 0)
  const look = useLook()
  return (
    <div className="work editor sim">
      <div className="sim-main">
        {look === 'outline' ? (
          <WalkedLines walk={walk} walker={walks ? walker : null}>
            <OpenOutline onEdit={null} place={place} {...(walks && walker ? { side: <WalkCard walk={walk} walker={walker} /> } : {})}>
              <AlwaysCard />
            </OpenOutline>
          </WalkedLines>
        ) : (
          <Canvas onEdit={nothing} place={place}>
            {walks && walker && <WalkCard walk={walk} walker={walker} />}
            {walks && walker && <Trail walk={walk} name={walker.name} />}
            <CornerTools />
            <AlwaysCard />
          </Canvas>
        )}
        {!isCounted(tab) && !empty && !issues?.length && <TimeBar walk={walk} />}
      </div>
      <ModePanel label="Simulation">
        <Tabs
          label="Simulation"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'walk', label: 'Walk' },
            { value: 'forecast', label: 'Forecast' },
            { value: 'backtest', label: 'Back-test' },
            {
              value: 'tests',
              label: <>Tests {tests > 0 && <Chip>{tests}</Chip>}</>,
            },
          ]}
        />
        {error ? (
          <FailedFrame what="The simulation" error={error} onRetry={retry} />
        ) : empty ? (
          <EmptyState title="Nothing to walk yet." actions={<Button onClick={toEdit}>Draw the flow</Button>}>
            Draw what brings people in and what happens then, and walk somebody through it before anybody gets a mail.
          </EmptyState>
        ) : issues === null ? (
          <SkeletonRows rows={6} height={40} />
        ) : issues.length > 0 ? (
          <Blocked issues={issues} toEdit={toEdit} />
        ) : tab === 'forecast' ? (
          <Suspense fallback={<SkeletonRows rows={6} height={40} />}>
            <ForecastPanel flow={flow} graph={drawn} whole={graph} catalog={catalog} shown={shown} />
          </Suspense>
        ) : tab === 'backtest' ? (
          <Suspense fallback={<SkeletonRows rows={6} height={40} />}>
            <BacktestPanel flow={flow} graph={drawn} whole={graph} catalog={catalog} shown={shown} />
          </Suspense>
        ) : tab === 'tests' ? (
          <TestsPanel engine={engine} draft={draft} graph={graph} catalog={catalog} onWalk={walkTest} toWalk={() => setTab('walk')} />
        ) : begun && walker ? (
          <Walking walk={walk} engine={engine} draft={draft} graph={graph} catalog={catalog} walker={walker} />
        ) : (
          <SetUp flowId={flow.id} engine={engine} graph={graph} state={setUp} onState={setSetUp} onStart={start} />
        )}
      </ModePanel>
    </div>
  )
}

type WalkingProps = { walk: WalkStore; engine: Simulator; draft: EditorStore; graph: FlowGraph; catalog: Catalog; walker: Walker }

function Walking({ walk, engine, draft, graph, catalog, walker }: WalkingProps) {
  const error = useStore(walk, (state) => state.error)
  const latest = useStore(walk, (state) => state.frames[state.cursor])
  return (
    <div className="sim-walk">
      <WalkTimeline walk={walk} graph={graph} catalog={catalog} walker={walker} />
      <p className="unseen" aria-live="polite">
        {latest && <Spoken frame={latest} graph={graph} catalog={catalog} />}
      </p>
      {error !== null && <Callout tone="danger" title={`The walk stopped: ${error}`} />}
      <EarlierMoment walk={walk} />
      <WhatNext walk={walk} graph={graph} catalog={catalog} walker={walker} seed={SEED} />
      <KeepTest walk={walk} engine={engine} draft={draft} graph={graph} catalog={catalog} />
    </div>
  )
}

/** Who walks, from when, and the promise that nothing is sent. */
function WalkCard({ walk, walker }: { walk: WalkStore; walker: Walker }) {
  const begin = useStore(walk, (state) => state.begin)
  if (!begin) return null
  const zone = begin.who.kind === 'persona' ? begin.who.persona.fields.zone : begin.who.state.person.zone
  return (
    <Corner position="top-left" className="walk-card float">
      <div className="row">
        <Avatar name={walker.name} size="s" quiet />
        <b className="grow clip">{walker.name}</b>
        <Button size="small" icon={<IconRefresh size={14} stroke={1.75} />} onClick={() => walk.getState().leave()}>
          Change
        </Button>
      </div>
      <Facts
        facts={[
          ['Who', walker.contactId === null ? 'Somebody made up' : 'A contact, as they are now'],
          ['From', <DateText key="at" at={begin.at} style="full" />],
          ...(typeof zone === 'string' && zone !== '' ? [['Their zone', zone] as const] : []),
        ]}
      />
      <p className="small muted promise">
        <IconLock size={14} stroke={1.75} aria-hidden="true" />
        No mail is sent, nothing is called and nothing is written.
      </p>
    </Corner>
  )
}

/** Why a draft cannot be walked: each problem, with its step at a press. */
function Blocked({ issues, toEdit }: { issues: NonNullable<Ground['issues']>; toEdit: () => void }) {
  const { getNode, setCenter, getZoom, flowToScreenPosition } = useReactFlow()
  const store = useEditorStore()
  const catalog = useEditor((state) => state.catalog)
  const { nodes } = store.getState().history.present
  const name = (id: string) => faceOf({ flowId: '', version: 0, nodes }, id, catalog).name
  const show = useCallback(
    (id: string | undefined, unlessSeen = false) => {
      if (id !== undefined) store.getState().select([id])
      const node = id === undefined ? undefined : getNode(id)
      if (!node) return
      const at = flowToScreenPosition({ x: node.position.x + 112, y: node.position.y + 28 })
      const frame = canvasFrame()
      const seen = frame && at.x > frame.left && at.x < frame.right && at.y > frame.top && at.y < frame.bottom
      if (!seen || !unlessSeen)
        void setCenter(node.position.x + 112, node.position.y + 28, { zoom: Math.max(0.7, getZoom()), duration: glide(260) })
    },
    [store, getNode, setCenter, getZoom, flowToScreenPosition],
  )
  // Nobody asked to be taken there: the picture stays as it was, unless the step lies out of it.
  useEffect(() => show(issues[0]?.nodes[0], true), [show, issues])
  return (
    <div className="sec stack">
      <Callout
        tone="danger"
        title={
          issues.length === 1
            ? 'One error keeps this draft from being walked.'
            : `${issues.length} errors keep this draft from being walked.`
        }
      >
        Nobody could be sent through it as it is.
      </Callout>
      <ul className="blocked">
        {issues.map((issue) => (
          <li key={`${issue.code} ${issue.nodes.join()} ${issue.path ?? ''}`}>
            <button type="button" className="link" onClick={() => show(issue.nodes[0])}>
              {issue.say}
            </button>
            {issue.nodes[0] !== undefined && <p className="small muted clip">{name(issue.nodes[0])}</p>}
          </li>
        ))}
      </ul>
      <Button className="start" onClick={toEdit}>
        Mend it in Edit
      </Button>
    </div>
  )
}
