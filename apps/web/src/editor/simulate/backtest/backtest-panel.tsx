import '../forecast/forecast.css'
import './backtest.css'
import type { Catalog, FlowGraph } from '@baton/engine'
import { IconHistory } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { faceOf } from '../../../pages/contacts/passage-steps.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { Section } from '../../../ui/panel.tsx'
import { ProgressBar } from '../../../ui/progress-bar.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import type { EditorStore } from '../../store.ts'
import { countsAt } from '../forecast/counts.ts'
import { Keep } from '../keep/keep.tsx'
import { keepBacktest, useBacktest } from './backtest-store.ts'
import { Results } from './results.tsx'
import { type Bench, fetchPast, SEED, useBench } from './use-backtester.ts'

const DAY = 86_400_000
const DAYS = [7, 14, 30, 60, 90, 180] as const
const SIZES = [500, 2_000, 5_000, 10_000] as const
const USUAL = { days: 30, size: 2_000 } as const

type Props = {
  flow: { id: string; name: string }
  graph: FlowGraph
  /** With the steps of the flows inside in their places: for their names. */
  whole: FlowGraph
  catalog: Catalog
  /** What the canvas draws: counts are put there. */
  shown: EditorStore
}

/** What would have been: the recorded past against the draft and against the live version. */
export default function BacktestPanel(props: Props) {
  const { bench, error, retry } = useBench(props.flow, props.graph, props.catalog)
  if (error) return <FailedFrame what="What a back-test needs" error={error} onRetry={retry} />
  if (!bench) return <SkeletonRows rows={6} height={40} />
  if (bench.basis.people === 0)
    return (
      <EmptyState title="Nobody has a past here yet.">
        A back-test plays what contacts of this workspace did. Import some with their events, and come back: nothing is sent to them.
      </EmptyState>
    )
  return <Opened {...props} bench={bench} />
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

function Opened({ flow, graph, whole, catalog, shown, bench }: Props & { bench: Bench }) {
  const { engine, opened, basis, beside } = bench
  const today = Math.floor(beside.now / DAY) * DAY
  const made = useBacktest(flow.id)
  const [days, setDays] = useState<number>(made?.days ?? USUAL.days)
  const [until, setUntil] = useState(made ? made.from + made.days * DAY : today)
  const [size, setSize] = useState(Math.min(basis.people, USUAL.size))
  const [matching, setMatching] = useState(true)
  const [which, setWhich] = useState<'draft' | 'live'>('draft')
  const [under, setUnder] = useState<{ what: 'people' | 'playing'; done: number; of: number } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const stopped = useRef(false)
  const fetched = useRef('')
  const side = made && (which === 'live' && made.live ? made.live : made.draft)

  useEffect(() => {
    if (!made || !side) return
    const ids = shown.getState().history.present.nodes.map((it) => it.id)
    shown.getState().setCounts(countsAt(ids, side, made.stretches - 1))
    return () => shown.getState().setCounts(null)
  }, [shown, made, side])
  // Whoever goes elsewhere has no use for a run under way.
  useEffect(() => () => engine.cancel(), [engine])

  const live = beside.live
  const stepName = useCallback(
    (id: string) => {
      const place = { flowId: flow.id, version: 0 }
      const inDraft = whole.nodes.some((it) => it.id === id)
      return faceOf({ ...place, nodes: inDraft || !live ? whole.nodes : live.nodes }, id, catalog).name
    },
    [flow.id, whole.nodes, live, catalog],
  )
  const names = useMemo(
    () => ({
      step: stepName,
      mail: (id: string) => catalog.templates.find((it) => it.id === id)?.name ?? 'a mail that was removed',
      team: (id: string) => catalog.teams.find((it) => it.id === id)?.name ?? 'a team that was removed',
    }),
    [stepName, catalog],
  )

  const from = until - days * DAY
  const run = async () => {
    stopped.current = false
    setFailed(null)
    try {
      const window = `${size} ${from} ${days}`
      if (fetched.current !== window) {
        setUnder({ what: 'people', done: 0, of: size })
        const got = await fetchPast({ engine, flowId: flow.id }, { size, from, days }, (done) => {
          setUnder({ what: 'people', done, of: size })
          return !stopped.current
        })
        if (!got) return
        fetched.current = window
      }
      setUnder({ what: 'playing', done: 0, of: 100 })
      const result = await engine.run(
        {
          ...{ population: basis.people, from, days, seed: SEED, behaviour: basis.behaviour, matching },
          teams: basis.teams,
        },
        (done) => setUnder({ what: 'playing', done: Math.floor(done * 100), of: 100 }),
      )
      if (result) keepBacktest(flow.id, result)
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error))
    } finally {
      setUnder(null)
    }
  }
  const cancel = () => {
    stopped.current = true
    engine.cancel()
  }

  if (opened.issues.length > 0)
    return (
      <div className="sec">
        <Callout tone="danger" title="This draft cannot be played yet.">
          {opened.issues[0]?.say}
        </Callout>
      </div>
    )
  return (
    <div className="forecast backtest">
      {made?.live && (
        <div className="sec">
          <span className="small muted backtest-which">On the canvas</span>
          <Segmented
            label="On the canvas"
            size="small"
            value={which}
            onChange={setWhich}
            options={[
              { value: 'draft', label: 'Draft' },
              { value: 'live', label: `Version ${beside.liveVersion}` },
            ]}
          />
        </div>
      )}
      <Section title="Which past">
        <p className="small muted">Plays days that have passed with this draft, beside what really happened: what would be another way?</p>
        <div className="row wrap forecast-line">
          <label className="row">
            <select
              className="field-input num"
              aria-label="Days"
              value={days}
              onChange={(event) => setDays(Number(event.currentTarget.value))}
            >
              {DAYS.map((it) => (
                <option key={it} value={it}>
                  {it} days
                </option>
              ))}
            </select>
            up to
          </label>
          <input
            type="date"
            className="field-input num backtest-date"
            aria-label="Last day"
            max={dayOf(today - DAY)}
            value={dayOf(until - DAY)}
            onChange={(event) => {
              const day = Date.parse(`${event.currentTarget.value}T00:00:00Z`)
              if (!Number.isNaN(day)) setUntil(Math.min(today, day + DAY))
            }}
          />
          <label className="row">
            <select
              className="field-input num"
              aria-label="People to play"
              value={size}
              onChange={(event) => setSize(Number(event.currentTarget.value))}
            >
              {[...new Set([...SIZES.filter((it) => it < basis.people), Math.min(basis.people, SIZES[3])])].map((it) => (
                <option key={it} value={it}>
                  {fullNumber(it)}
                </option>
              ))}
            </select>
            of {fullNumber(basis.people)} people
          </label>
        </div>
        {opened.matches && (
          <label className="row backtest-check">
            <input type="checkbox" checked={matching} onChange={(event) => setMatching(event.currentTarget.checked)} />
            People who match on the first day come in then
          </label>
        )}
        {live === null && <p className="small muted">Nothing is live yet, so the draft stands alone beside what really happened.</p>}
        {opened.liveLeftOut && (
          <Callout tone="warn" title={`Version ${beside.liveVersion} cannot be played any more.`}>
            Something that it names was removed. The draft stands alone.
          </Callout>
        )}
        <p className="small muted">
          What people did happens again as it did. What they did with a mail or sales with a lead happens only where the version makes the
          same one. Fields are as they are today. Who they are stays on the server.
        </p>
      </Section>
      <div className="sim-foot">
        {under ? (
          <div className="forecast-under">
            <ProgressBar
              label={under.what === 'people' ? 'Fetching the past' : 'Playing it again'}
              done={under.done}
              total={under.of}
              unit={under.what === 'people' ? 'people' : 'per cent'}
              onCancel={cancel}
            />
          </div>
        ) : (
          <Button look="primary" icon={<IconHistory size={14} stroke={1.75} />} onClick={() => void run()}>
            {made ? 'Test again' : 'Back-test'}
          </Button>
        )}
        {failed !== null && <Callout tone="danger" title={`The back-test stopped: ${failed}`} />}
        {!made && !under && <p className="small muted">Nothing is sent, nothing is called and nothing is written.</p>}
        <p className="unseen" aria-live="polite">
          {under ? 'A back-test is being made.' : made ? 'The back-test is made.' : ''}
        </p>
      </div>
      {made && (
        <Keep
          flowId={flow.id}
          graph={graph}
          what="back-test"
          ask={{ kind: 'backtest', from: made.from, days: made.days, seed: made.seed, size: Math.max(1, made.sample), matching }}
        />
      )}
      {made && <Results backtest={made} liveVersion={beside.liveVersion} names={names} />}
    </div>
  )
}
