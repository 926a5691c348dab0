import { type ContactState, forecast, inlineSubFlows, questionsOf, type WalkGround, walkGround } from '@baton/engine'
import type { Basis } from '../protocol.ts'
import { inSlices } from '../slices.ts'
import type { Setting, Tell, Told } from './protocol.ts'

let ground: WalkGround | undefined
let people: ContactState[] = []
let stop = () => {}

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
  stop = inSlices(forecast({ plan, flowId, sample, ...setting }), {
    progress: (done) => tell({ told: 'progress', run, done }),
    done: (made) => tell({ told: 'done', run, forecast: made }),
    failed: (why) => tell({ told: 'failed', run, why }),
  })
}

function fail(): never {
  throw new Error('Nobody is in the sample.')
}

self.onmessage = ({ data }: MessageEvent<Tell>) => {
  switch (data.tell) {
    case 'open':
      stop()
      return open(data.basis, data.happens)
    case 'people':
      people = data.first ? [...data.states] : [...people, ...data.states]
      return
    case 'run':
      stop()
      return begin(data.run, data.setting)
    case 'cancel':
      stop()
  }
}
