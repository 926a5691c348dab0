import { type ContactState, type FlowForecast, forecast, inlineSubFlows, questionsOf, type WalkGround, walkGround } from '@baton/engine'
import { playHere } from '../player-worker.ts'
import type { OpenedForecast, Setting } from './protocol.ts'

let ground: WalkGround | undefined

playHere<readonly string[], ContactState, Setting, OpenedForecast, FlowForecast>({
  open({ graph, inner, flow, catalog, segments }, happens) {
    const found = new Map(inner.map((it) => [`${it.flowId} ${it.version}`, it]))
    const inlined = inlineSubFlows(graph, (flowId, version) => found.get(`${flowId} ${version}`), flow)
    const made = 'issues' in inlined ? inlined : walkGround({ flowId: flow.id, graph: inlined.ok, catalog, segments })
    ground = 'ok' in made ? made.ok : undefined
    if ('issues' in made) return { issues: made.issues, starts: [], questions: [], deeds: [] }
    return { issues: [], ...questionsOf(made.ok.plan, flow.id, new Set(happens)) }
  },
  run: (sample, setting) => ground && forecast({ plan: ground.plan, flowId: ground.flowId, sample, ...setting }),
})
