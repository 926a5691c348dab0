import {
  type ContactState,
  type FlowForecast,
  type ForecastProgress,
  forecast,
  inlineSubFlows,
  questionsOf,
  type WalkGround,
  walkGround,
} from '@baton/engine'
import type { Basis } from '../protocol.ts'
import type { Setting, Tell, Told } from './protocol.ts'

/** So long it works without listening, in ms: a cancel is heard within that time. */
const SLICE = 60

let ground: WalkGround | undefined
let people: ContactState[] = []
let running: { run: number; steps: Generator<ForecastProgress, FlowForecast> } | undefined

const tell = (told: Told) => self.postMessage(told)

function open({ graph, inner, flow, catalog, segments }: Basis, happens: readonly string[]): void {
  const found = new Map(inner.map((it) => [`${it.flowId} ${it.version}`, it]))
  const inlined = inlineSubFlows(graph, (flowId, version) => found.get(`${flowId} ${version}`), flow)
  const made = 'issues' in inlined ? inlined : walkGround({ flowId: flow.id, graph: inlined.ok, catalog, segments })
  ground = 'ok' in made ? made.ok : undefined
  if ('issues' in made) tell({ told: 'opened', issues: made.issues, starts: [], questions: [], deeds: [] })
  else tell({ told: 'opened', issues: [], ...questionsOf(made.ok.plan, flow.id, new Set(happens)) })
}

function begin(run: number, setting: Setting): void {
  if (!ground) {
    tell({ told: 'failed', run, why: 'This draft cannot be played: it has errors.' })
    return
  }
  const { plan, flowId } = ground
  const [someone] = people
  const sample = { count: people.length, at: (place: number) => people[place] ?? someone ?? fail() }
  running = { run, steps: forecast({ plan, flowId, sample, ...setting }) }
  goOn()
}

function fail(): never {
  throw new Error('Nobody is in the sample.')
}

/** Works for a while, says how far it is, and listens before it goes on. */
function goOn(): void {
  if (!running) return
  const { run, steps } = running
  const until = performance.now() + SLICE
  try {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        running = undefined
        tell({ told: 'done', run, forecast: step.value })
        return
      }
      if (performance.now() < until) continue
      tell({ told: 'progress', run, done: step.value.done })
      setTimeout(goOn)
      return
    }
  } catch (error) {
    running = undefined
    tell({ told: 'failed', run, why: error instanceof Error ? error.message : String(error) })
  }
}

self.onmessage = ({ data }: MessageEvent<Tell>) => {
  switch (data.tell) {
    case 'open':
      running = undefined
      return open(data.basis, data.happens)
    case 'people':
      people = data.first ? [...data.states] : [...people, ...data.states]
      return
    case 'run':
      return begin(data.run, data.setting)
    case 'cancel':
      running = undefined
  }
}
