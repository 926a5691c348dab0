import { type BacktestGround, backtest, backtestGround, inlineSubFlows, type Plan, type RecordedPerson } from '@baton/engine'
import type { Basis } from '../protocol.ts'
import { inSlices } from '../slices.ts'
import type { Beside, Setting, Tell, Told } from './protocol.ts'

let ground: (BacktestGround & { flowId: string }) | undefined
let people: RecordedPerson[] = []
let stop = () => {}

const tell = (told: Told) => self.postMessage(told)

/** Whether anybody comes in by matching a segment. */
const isMatched = (plan: Plan | null, flowId: string) =>
  plan?.flows.get(flowId)?.entry?.triggers.some((it) => it.trigger.on.kind === 'segment-joined') === true

function open({ graph, inner, flow, catalog }: Basis, { live, segments }: Beside): void {
  const found = new Map(inner.map((it) => [`${it.flowId} ${it.version}`, it]))
  const inlined = inlineSubFlows(graph, (flowId, version) => found.get(`${flowId} ${version}`), flow)
  const made = 'issues' in inlined ? inlined : backtestGround({ flowId: flow.id, draft: inlined.ok, live, catalog, segments })
  ground = 'ok' in made ? { ...made.ok, flowId: flow.id } : undefined
  if ('issues' in made) {
    tell({ told: 'opened', issues: made.issues, matches: false, liveLeftOut: false })
    return
  }
  const matches = isMatched(made.ok.draft, flow.id) || isMatched(made.ok.live, flow.id)
  tell({ told: 'opened', issues: [], matches, liveLeftOut: live !== null && made.ok.live === null })
}

function begin(run: number, setting: Setting): void {
  if (!ground) {
    tell({ told: 'failed', run, why: 'This draft cannot be played: it has errors.' })
    return
  }
  const { draft, live, flowId } = ground
  const [someone] = people
  const all = { count: people.length, at: (place: number) => people[place] ?? someone ?? fail() }
  stop = inSlices(backtest({ flowId, draft, live, people: all, ...setting }), {
    progress: (done) => tell({ told: 'progress', run, done }),
    done: (made) => tell({ told: 'done', run, backtest: made }),
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
      return open(data.basis, data.beside)
    case 'people':
      people = data.first ? [...data.people] : [...people, ...data.people]
      return
    case 'run':
      stop()
      return begin(data.run, data.setting)
    case 'cancel':
      stop()
  }
}
