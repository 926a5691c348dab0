import {
  type Catalog,
  type ContactState,
  type FlowForecast,
  forecast,
  inlineSubFlows,
  questionsOf,
  teamOf,
  type WalkGround,
  walkGround,
} from '@baton/engine'
import { playHere } from '../player-worker.ts'
import type { OpenedForecast, Setting } from './protocol.ts'

let ground: (WalkGround & { catalog: Catalog }) | undefined

playHere<readonly string[], ContactState, Setting, OpenedForecast, FlowForecast>({
  open({ graph, inner, flow, ...around }, happens) {
    const found = new Map(inner.map((it) => [`${it.flowId} ${it.version}`, it]))
    const inlined = inlineSubFlows(graph, (flowId, version) => found.get(`${flowId} ${version}`), flow)
    const made = 'issues' in inlined ? inlined : walkGround({ ...around, flowId: flow.id, graph: inlined.ok })
    ground = 'ok' in made ? { ...made.ok, catalog: around.catalog } : undefined
    if ('issues' in made) return { issues: made.issues, starts: [], questions: [], deeds: [] }
    return { issues: [], ...questionsOf(made.ok.plan, flow.id, new Set(happens)) }
  },
  run(sample, { teams, ...setting }) {
    if (!ground) return undefined
    const { plan, flowId, catalog } = ground
    return forecast({ plan, flowId, sample, teams: teams.map((it) => teamOf(it, catalog)), ...setting })
  },
})
