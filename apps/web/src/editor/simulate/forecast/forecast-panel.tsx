import './forecast.css'
import type { Catalog, FlowGraph } from '@baton/engine'
import { IconChartHistogram } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { faceOf } from '../../../pages/contacts/passage-steps.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { useNow } from '../../../ui/date-text.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { Section } from '../../../ui/panel.tsx'
import { ProgressBar } from '../../../ui/progress-bar.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import type { EditorStore } from '../../store.ts'
import { Keep } from '../keep/keep.tsx'
import { type Ask, madeOnServer } from '../keep/server-run.ts'
import { askedTeams, teamsWith } from './chosen-teams.ts'
import { countsAt } from './counts.ts'
import { forgetBefore, keepMade, keepSetting, useForecasts } from './forecast-store.ts'
import { IntakeChoice } from './intake-choice.tsx'
import type { Setting } from './protocol.ts'
import { Rates } from './rates.tsx'
import { Results } from './results.tsx'
import { TeamsChoice } from './teams-choice.tsx'
import { TimeSlider } from './time-slider.tsx'
import { type Bench, fetchSample, useBench, usualSetting, usualSize } from './use-forecaster.ts'

const DAYS = [30, 90, 180, 365] as const
const SIZES = [500, 2_000, 10_000, 50_000] as const
/** More than this is too much for a browser: the server plays them, and keeps what came of it. */
const HERE = 100_000
const THERE = 200_000
/** So many are made again by whoever looks at a simulation that was kept. */
const KEPT = 10_000
const MIDNIGHT = 86_400_000

type Props = {
  flow: { id: string; name: string }
  graph: FlowGraph
  /** With the steps of the flows inside in their places: for their names. */
  whole: FlowGraph
  catalog: Catalog
  /** What the canvas draws: counts of a forecast are put there. */
  shown: EditorStore
}

/** How a whole population would go through the draft: what is assumed, the run, and what came of it. */
export default function ForecastPanel({ flow, graph, whole, catalog, shown }: Props) {
  const { bench, error, retry } = useBench(flow, graph, catalog)
  if (error) return <FailedFrame what="What a forecast needs" error={error} onRetry={retry} />
  if (!bench) return <SkeletonRows rows={6} height={40} />
  if (bench.basis.people === 0)
    return (
      <EmptyState title="Nobody to forecast with.">
        A forecast plays the contacts of this workspace. Import some, and come back: nothing is sent to them.
      </EmptyState>
    )
  return <Opened flow={flow} graph={graph} whole={whole} catalog={catalog} shown={shown} bench={bench} />
}

const UNDER = { people: 'Fetching people', playing: 'Playing them through', there: 'The server plays them through' } as const

interface Under {
  what: 'people' | 'playing' | 'there'
  done: number
  of: number
}

function Opened({ flow, graph, whole, catalog, shown, bench }: Props & { bench: Bench }) {
  const { engine, opened, basis } = bench
  const now = useNow()
  const kept = useForecasts(flow.id)
  const usual = usualSetting(bench, Math.floor(now / MIDNIGHT) * MIDNIGHT)
  const setting = settled(kept.setting ?? usual, usual)
  const [size, setSize] = useState(() => usualSize(basis.people))
  const [under, setUnder] = useState<Under | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const stopped = useRef(false)
  const fetched = useRef<number | null>(null)
  const [at, setAt] = useState(Number.POSITIVE_INFINITY)
  const forecast = kept.made?.forecast ?? null
  const shownAt = forecast ? Math.min(at, forecast.stretches - 1) : 0
  const change = (next: Partial<Setting>) => keepSetting(flow.id, { ...setting, ...next })
  const nameOf = useCallback(
    (id: string) => faceOf({ flowId: flow.id, version: 0, nodes: whole.nodes }, id, catalog).name,
    [flow.id, whole.nodes, catalog],
  )
  const portOf = useCallback(
    (id: string, port: string) => faceOf({ flowId: flow.id, version: 0, nodes: whole.nodes }, id, catalog).portName(port),
    [flow.id, whole.nodes, catalog],
  )

  const teamOf = (id: string) => catalog.teams.find((it) => it.id === id)?.name ?? 'A team that was removed'

  useEffect(() => {
    if (!forecast) return
    const ids = shown.getState().history.present.nodes.map((it) => it.id)
    shown.getState().setCounts(countsAt(ids, forecast, shownAt))
    return () => shown.getState().setCounts(null)
  }, [shown, forecast, shownAt])
  // Whoever goes elsewhere has no use for a run under way.
  useEffect(() => () => engine.cancel(), [engine])

  const run = async () => {
    stopped.current = false
    setFailed(null)
    try {
      if (size > HERE) {
        setUnder({ what: 'there', done: 0, of: 100 })
        const made = await madeOnServer({ flowId: flow.id, graph, ask: askOf(setting, size) }, (done) => {
          setUnder({ what: 'there', done: Math.floor(done * 100), of: 100 })
          return !stopped.current
        })
        if (made?.forecast) {
          keepMade(flow.id, { forecast: made.forecast, setting })
          setAt(Number.POSITIVE_INFINITY)
        }
        return
      }
      if (fetched.current === null || fetched.current !== size) {
        setUnder({ what: 'people', done: 0, of: size })
        const got = await fetchSample({ engine, flowId: flow.id }, size, (done) => {
          setUnder({ what: 'people', done, of: size })
          return !stopped.current
        })
        if (!got) return
        fetched.current = size
      }
      setUnder({ what: 'playing', done: 0, of: 100 })
      const made = await engine.run({ ...setting, teams: teamsWith(setting, catalog) }, (done) =>
        setUnder({ what: 'playing', done: Math.floor(done * 100), of: 100 }),
      )
      if (made) {
        keepMade(flow.id, { forecast: made, setting })
        setAt(Number.POSITIVE_INFINITY)
      }
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
  const asked = new Set(opened.questions.flatMap(({ asks }) => (asks.of === 'lead' ? [asks.teamId] : [])))
  const teams = setting.teams.filter((it) => asked.has(it.id))
  return (
    <div className="forecast">
      {forecast && (
        <div className="sec">
          <TimeSlider forecast={forecast} at={shownAt} onChange={setAt} />
        </div>
      )}
      <Section title="Who and how long">
        <div className="row wrap forecast-line">
          <label className="row">
            <select
              className="field-input num"
              aria-label="People to play"
              value={size}
              onChange={(event) => setSize(Number(event.currentTarget.value))}
            >
              {[...new Set([...SIZES.filter((it) => it < basis.people), Math.min(basis.people, HERE)])].map((it) => (
                <option key={it} value={it}>
                  {fullNumber(it)}
                </option>
              ))}
              {basis.people > HERE && (
                <option value={Math.min(basis.people, THERE)}>{`${fullNumber(Math.min(basis.people, THERE))}, on the server`}</option>
              )}
            </select>
            of {fullNumber(basis.people)} people
          </label>
          <label className="row">
            for{' '}
            <select
              className="field-input num"
              aria-label="Days"
              value={setting.days}
              onChange={(event) => change({ days: Number(event.currentTarget.value) })}
            >
              {DAYS.map((it) => (
                <option key={it} value={it}>
                  {it} days
                </option>
              ))}
            </select>
          </label>
        </div>
        {setting.intake.length > 0 && (
          <IntakeChoice intake={setting.intake} starts={opened.starts} nameOf={nameOf} onChange={(intake) => change({ intake })} />
        )}
        <p className="small muted">Everybody begins anew, as if nobody had been in this flow. Who they are stays on the server.</p>
      </Section>
      <div className="sim-foot">
        {under ? (
          <div className="forecast-under">
            <ProgressBar
              label={UNDER[under.what]}
              done={under.done}
              total={under.of}
              unit={under.what === 'people' ? 'people' : 'per cent'}
              onCancel={cancel}
            />
          </div>
        ) : (
          <Button look="primary" icon={<IconChartHistogram size={14} stroke={1.75} />} onClick={() => void run()}>
            {forecast ? 'Forecast again' : 'Forecast'}
          </Button>
        )}
        {failed !== null && <Callout tone="danger" title={`The forecast stopped: ${failed}`} />}
        {!forecast && !under && <p className="small muted">Nothing is sent, nothing is called and nothing is written.</p>}
        <p className="unseen" aria-live="polite">
          {under ? 'A forecast is being made.' : forecast ? 'The forecast is made.' : ''}
        </p>
      </div>
      {forecast && (
        <Results
          forecast={forecast}
          before={kept.before?.forecast ?? null}
          at={shownAt}
          nameOf={nameOf}
          teamOf={teamOf}
          onForget={() => forgetBefore(flow.id)}
        />
      )}
      {forecast && kept.made && (
        <Keep flowId={flow.id} graph={graph} what="forecast" ask={askOf(kept.made.setting, Math.min(size, KEPT))} />
      )}
      <Rates
        behaviour={setting.behaviour}
        known={basis.behaviour}
        questions={opened.questions}
        types={opened.deeds}
        nameOf={nameOf}
        portOf={portOf}
        onChange={(behaviour) => change({ behaviour })}
      />
      {teams.length > 0 && (
        <Section title="Who takes leads">
          <TeamsChoice
            teams={teams}
            chosen={setting.chosen}
            catalog={catalog}
            from={setting.from}
            days={setting.days}
            onChange={(chosen) => change({ chosen })}
          />
        </Section>
      )}
      {kept.setting && (
        <div className="sec">
          <Button size="small" onClick={() => keepSetting(flow.id, null)}>
            Back to what is known
          </Button>
        </div>
      )}
      {forecast && (
        <p className="sec small muted">
          To see what another wait or threshold does, change it in the draft, come back, and forecast again.
        </p>
      )}
    </div>
  )
}

/** What somebody chose, for the server: it knows the rest itself. */
const askOf = ({ from, days, seed, behaviour, intake, chosen }: Setting, size: number): Ask => ({
  kind: 'forecast',
  ...{ from, days, seed, size, behaviour },
  intake: [...intake],
  teams: askedTeams({ chosen }),
})

/** What was set, for the draft and the workspace as they are now: starts and teams that are gone fall out, new ones come in. */
function settled(set: Setting, usual: Setting): Setting {
  const intake = usual.intake.map((it) => set.intake.find((own) => own.node === it.node) ?? it)
  return { ...set, people: usual.people, from: usual.from, intake, teams: usual.teams }
}
