import './flow-editor.css'
import './dialogs.css'
import { type Catalog, type FlowGraph, type Issue, parseGraph, replaceGraph } from '@baton/engine'
import { useNetwork } from '@mantine/hooks'
import { IconMessageCheck, IconPencil, IconPlus, IconRoute2, IconWalk } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { lazy, memo, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import type { Answers } from '../shell/api.ts'
import { useKeys } from '../shell/keys.ts'
import { useMay, usePerson } from '../shell/person.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { Button } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Tip } from '../ui/tip.tsx'
import { toast } from '../ui/toast.ts'
import { History, VersionWords } from './bar-parts.tsx'
import { Canvas, type Place } from './canvas/canvas.tsx'
import { CornerTools } from './canvas/corner-tools.tsx'
import { showProblem } from './canvas/next-problem.ts'
import { Problems } from './canvas/problems.tsx'
import { FindBar } from './find-bar.tsx'
import { FlowName } from './flow-name.tsx'
import { Inspector, type InspectorHandle } from './inspector.tsx'
import { OpenOutline } from './outline/open-outline.tsx'
import { Palette } from './palette.tsx'
import {
  AlwaysCard,
  Checker,
  EditorCommands,
  EmptyFlow,
  Later,
  LaunchChip,
  LiveView,
  ModeCommands,
  PauseDialog,
  PublishDialog,
  preloadParts,
  ResumeButton,
  ReviewView,
  SimulateView,
  Together,
} from './parts.tsx'
import { PictureHost } from './picture/picture-host.tsx'
import { SaveTrouble, SaveWords } from './save-state.tsx'
import { createEditor, EditorContext, useEditor, useEditorStore } from './store.ts'
import type { Seat } from './together/seat.ts'
import { thisTab } from './together/tab.ts'
import { useSaver } from './use-saver.ts'
import { clearOver, showSteps, useLook, useSmall, useSteps } from './view.ts'
import { ViewSwitch } from './view-switch.tsx'

/** Here and not among the parts, some of which it opens itself. */
const FlowCommands = lazy(() => import('./flow-commands.tsx'))

type Flow = Answers['flows']['get']
export type Mode = 'edit' | 'simulate' | 'review' | 'live'

const nothing: FlowGraph = {
  format: 1,
  nodes: [],
  edges: [],
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
}

/** A stored graph, read like anything from outside; one that cannot be read opens empty and read only. */
function graphOf(stored: unknown): FlowGraph | undefined {
  const read = parseGraph(stored)
  return 'ok' in read ? read.ok : undefined
}

type Props = { flow: Flow; catalog: Catalog; seat: Seat; mode: Mode; onMode: (mode: Mode) => void }

/** One flow in its modes. Zoom and place stay when the mode changes. */
export function FlowEditor(props: Props) {
  return (
    <ReactFlowProvider>
      <Modes {...props} />
    </ReactFlowProvider>
  )
}

function Modes({ flow, catalog, seat, mode, onMode }: Props) {
  const mayEdit = useMay('admin', 'marketer')
  // What the page opened with. Later answers of the server never replace what is being drawn: a save on top of them would.
  const [opened] = useState(() => ({
    graph: graphOf(flow.draft),
    rev: flow.draftRev,
    savedAt: flow.updatedAt,
    last: { at: flow.updatedAt, by: flow.updatedBy },
  }))
  const mayDraw = mayEdit && opened.graph !== undefined && flow.status !== 'archived'
  // One page draws at a time; the others read along.
  const draws = useStore(seat.store, (state) => state.mine && !state.giving)
  const small = useSmall()
  const writable = mayDraw && draws && !small
  const [store] = useState(() => createEditor({ graph: opened.graph ?? nothing, catalog, readOnly: !writable }))
  useEffect(() => store.setState({ readOnly: !writable }), [store, writable])
  useEffect(() => store.getState().setCatalog(catalog), [store, catalog])
  const slot = { userId: usePerson().id, flowId: flow.id }
  const saved = { ...opened, graph: store.getState().history.present }
  const { saver, state: saving, keeping } = useSaver(slot, store, saved, { enabled: mayDraw, tab: thisTab.tab })
  const [hash, setHash] = useState(flow.liveHash ?? '')
  const [publishing, setPublishing] = useState(false)
  const [pausing, setPausing] = useState(false)
  const [inside, setInside] = useState<number | null>(null)
  const view = useReactFlow()
  const place = useRef<Place | null>(null)
  const { online } = useNetwork()
  useEffect(preloadParts, [])
  const live = mode === 'live' && flow.liveVersion !== null
  const simulating = mode === 'simulate'
  const reviewing = mode === 'review'
  const changed = flow.liveVersion === null || (hash !== '' && hash !== flow.liveHash)

  const publish = useCallback(() => {
    store.getState().settle()
    void saver.flush().then((saved) => {
      if (saved) setPublishing(true)
      else toast({ words: 'Not published: your last changes are not saved yet. Try again when they are.', bad: true })
    })
  }, [saver, store])
  // A walk asks the server about the draft: what was drawn last is to be there.
  const toMode = useCallback(
    (next: Mode) => (next === 'simulate' || next === 'review' ? void saver.flush().finally(() => onMode(next)) : onMode(next)),
    [saver, onMode],
  )
  const restore = (graph: FlowGraph, version: number) => {
    store.getState().edit((now) => replaceGraph(now, graphOf(graph) ?? now))
    onMode('edit')
    toast({ words: `The draft is version ${version} now. Undo brings back what was there.`, undo: () => store.getState().undo() })
  }
  const showIssue = (issue: Issue) => {
    setPublishing(false)
    showProblem(store, view, issue)
  }
  useKeys([
    ['1', () => onMode('edit')],
    ['2', () => toMode('simulate')],
    ['3', () => toMode('review')],
    ['4', () => flow.liveVersion !== null && onMode('live')],
    ['mod+Z', () => !live && !reviewing && store.getState().undo()],
    ['mod+shift+Z', () => !live && !reviewing && store.getState().redo()],
    ['mod+Y', () => !live && !reviewing && store.getState().redo()],
  ])
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="flows" to="/flows">
            Flows
          </Link>,
          <FlowName key="name" {...{ flow, mayEdit }} onBeforeLeave={() => saver.flush()} />,
        ]}
        beside={
          <>
            <VersionWords flow={flow} changed={changed} live={live} />
            {flow.launch && (
              <Later what="When it goes live">
                <LaunchChip flowId={flow.id} launch={flow.launch} mayEdit={mayEdit} />
              </Later>
            )}
          </>
        }
        middle={
          <Segmented
            label="Mode"
            value={live ? 'live' : simulating ? 'simulate' : reviewing ? 'review' : 'edit'}
            onChange={toMode}
            options={[
              { value: 'edit', label: writable ? 'Edit' : 'Draft', icon: <IconPencil size={14} stroke={1.75} /> },
              { value: 'simulate', label: 'Simulate', icon: <IconWalk size={14} stroke={1.75} /> },
              { value: 'review', label: 'Review', icon: <IconMessageCheck size={14} stroke={1.75} /> },
              { value: 'live', label: 'Live', icon: <IconRoute2 size={14} stroke={1.75} />, disabled: flow.liveVersion === null },
            ]}
          />
        }
      >
        <ViewSwitch />
        {!live && writable && (
          <EditorContext value={store}>
            <SaveWords state={saving} keeping={keeping} />
            {!reviewing && <History />}
          </EditorContext>
        )}
        {live && mayEdit && flow.status === 'live' && (
          <Button look="primary" onClick={() => setPausing(true)}>
            Pause…
          </Button>
        )}
        {live && mayEdit && flow.status === 'paused' && (
          <Later what="This button">
            <ResumeButton flow={flow} />
          </Later>
        )}
        {!live && !simulating && !reviewing && writable && (
          <Tip words="Offline. It can be published when the line is back." off={online !== false}>
            <span className="row">
              <Button look="primary" onClick={publish} disabled={online === false}>
                Publish
              </Button>
            </span>
          </Tip>
        )}
      </TopBar>
      {!live && mayDraw && draws && <SaveTrouble state={saving} saver={saver} keeping={keeping} />}
      <EditorContext value={store}>
        <Later what="Who draws this flow">
          <Together
            {...{
              slot,
              saver,
              seat,
              mayDraw,
              name: flow.name,
              last: opened.last,
              stuck: saving.kind === 'conflict',
              quiet: mode !== 'edit',
            }}
          />
        </Later>
      </EditorContext>
      {small && mode === 'edit' && mayDraw && draws && (
        <p className="save-trouble calm" role="status">
          This window is too narrow to draw in. Look around; to change the flow, make it wider or use a larger screen.
        </p>
      )}
      {opened.graph === undefined && (
        <div className="save-trouble" role="alert">
          This draft cannot be read by this version of Baton. It is kept as it is; update Baton to open it.
        </div>
      )}
      <Later what="What else this flow can be seen as">
        <ModeCommands mode={live ? 'live' : mode === 'live' ? 'edit' : mode} live={flow.liveVersion !== null} onMode={toMode} />
        <FlowCommands {...{ flow, mayEdit, inside }} onBeforeLeave={() => saver.flush()} onRestore={writable ? restore : null} />
      </Later>
      {pausing && (
        <Later what="This question">
          <PauseDialog flowId={flow.id} name={flow.name} onClose={() => setPausing(false)} />
        </Later>
      )}
      <PictureHost flow={flow} store={store} live={live} />
      {live ? (
        <Later what="The live view" fallback={<div className="work editor" />}>
          <LiveView flow={flow} catalog={catalog} mayEdit={mayEdit} place={place} onInside={setInside} />
        </Later>
      ) : reviewing ? (
        <Later what="The review" fallback={<div className="work editor" />}>
          <ReviewView flow={flow} catalog={catalog} mayEdit={mayDraw} place={place} onHash={setHash} />
        </Later>
      ) : simulating ? (
        <Later what="The simulation" fallback={<div className="work editor" />}>
          <SimulateView flow={flow} catalog={catalog} draft={store} place={place} toEdit={() => onMode('edit')} />
        </Later>
      ) : (
        <EditorContext value={store}>
          <EditView flowId={flow.id} writable={writable} place={place} onHash={setHash} onPublish={publish} />
          {publishing && (
            <Later what="This question">
              <PublishDialog
                flowId={flow.id}
                name={flow.name}
                onSave={() => saver.flush()}
                onClose={() => setPublishing(false)}
                onReview={() => {
                  setPublishing(false)
                  onMode('review')
                }}
                onPublished={() => onMode('live')}
                onShow={showIssue}
              />
            </Later>
          )}
        </EditorContext>
      )}
    </div>
  )
}

type EditProps = {
  flowId: string
  writable: boolean
  place: { current: Place | null }
  onHash: (hash: string) => void
  onPublish: () => void
}

/** Kept while the bar above tells of saving: the canvas is drawn anew for what is in it only. */
const EditView = memo(function EditView({ flowId, writable, place, onHash, onPublish }: EditProps) {
  const empty = useEditor((state) => state.history.present.nodes.length === 0 && !state.readOnly)
  const find = useRef<HTMLInputElement>(null)
  const store = useEditorStore()
  const finding = useEditor((state) => state.finding > 0)
  const inspector = useRef<InspectorHandle>(null)
  const look = useLook()
  const steps = useSteps()
  const toInspector = useCallback(() => inspector.current?.focus(), [])
  useKeys([
    ['mod+F', () => store.getState().find(true)],
    ['mod+Enter', () => writable && onPublish()],
    [
      'K',
      (event) => {
        event.preventDefault()
        // In a narrow window they come now.
        flushSync(() => showSteps(true))
        find.current?.focus()
      },
    ],
  ])
  const around = (
    <>
      <Problems flowId={flowId} />
      {finding && <FindBar />}
      <Later what="What always holds">
        <AlwaysCard />
      </Later>
    </>
  )
  return (
    <div
      className="work editor"
      onPointerDownCapture={(event) => event.target instanceof Element && event.target.closest('.react-flow__pane') && clearOver()}
    >
      {writable && steps && <Palette find={find} />}
      {writable && !steps && (
        <Button className="float open-steps" keys="K" icon={<IconPlus size={14} stroke={1.75} />} onClick={() => showSteps(true)}>
          Add a step
        </Button>
      )}
      {look === 'outline' ? (
        <OpenOutline onEdit={toInspector} place={place}>
          {around}
        </OpenOutline>
      ) : (
        <Canvas onEdit={toInspector} place={place}>
          <CornerTools />
          {around}
        </Canvas>
      )}
      {empty && (
        <Later what="What a flow can begin with">
          <EmptyFlow flowId={flowId} />
        </Later>
      )}
      <Inspector handle={inspector} />
      <Later what="The check of this flow">
        <Checker flowId={flowId} onHash={onHash} />
        <EditorCommands writable={writable} onPublish={onPublish} onEdit={toInspector} />
      </Later>
    </div>
  )
})
