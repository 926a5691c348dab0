import {
  type Backtest,
  type BacktestGround,
  backtest,
  backtestGround,
  type Catalog,
  inlineSubFlows,
  type Plan,
  type RecordedPerson,
  teamOf,
} from '@baton/engine'
import { playHere } from '../player-worker.ts'
import type { Beside, OpenedBacktest, Setting } from './protocol.ts'

let ground: (BacktestGround & { flowId: string; catalog: Catalog }) | undefined

/** Whether anybody comes in by matching a segment. */
const isMatched = (plan: Plan | null, flowId: string) =>
  plan?.flows.get(flowId)?.entry?.triggers.some((it) => it.trigger.on.kind === 'segment-joined') === true

playHere<Beside, RecordedPerson, Setting, OpenedBacktest, Backtest>({
  open({ graph, inner, flow, ...around }, { live, segments, scoring }) {
    const found = new Map(inner.map((it) => [`${it.flowId} ${it.version}`, it]))
    const inlined = inlineSubFlows(graph, (flowId, version) => found.get(`${flowId} ${version}`), flow)
    const made = 'issues' in inlined ? inlined : backtestGround({ ...around, flowId: flow.id, draft: inlined.ok, live, segments, scoring })
    ground = 'ok' in made ? { ...made.ok, flowId: flow.id, catalog: around.catalog } : undefined
    if ('issues' in made) return { issues: made.issues, matches: false, liveLeftOut: false }
    const matches = isMatched(made.ok.draft, flow.id) || isMatched(made.ok.live, flow.id)
    return { issues: [], matches, liveLeftOut: live !== null && made.ok.live === null }
  },
  run(people, { teams, ...setting }) {
    if (!ground) return undefined
    const { flowId, draft, live, catalog } = ground
    return backtest({ flowId, draft, live, people, teams: teams.map((it) => teamOf(it, catalog)), ...setting })
  },
})
