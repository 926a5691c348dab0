import {
  type ContactState,
  drawDecision,
  type FlowGraph,
  inlineSubFlows,
  keepWalk,
  playWalk,
  runFlowTest,
  stateOfPersona,
  type WalkGround,
  type WalkStart,
  walkChoices,
  walkEntrances,
  walkGround,
} from '@baton/engine'
import type { AskKind, Asks, Basis, Begin } from './protocol.ts'

type Answerers = { [K in AskKind]: (give: Asks[K]['give']) => Asks[K]['get'] }

interface Opened {
  basis: Basis
  graph: FlowGraph
  ground: WalkGround
  /** Tests tell of the flow, and not of who happens to be on duty: everybody is there at all hours. */
  tested: WalkGround
}

/** A contact as they are known now, without what came after the walk begins. */
const knownBy = (state: ContactState, at: number): ContactState => ({
  ...state,
  events: state.events.filter((it) => it.receivedAt <= at),
  ledger: state.ledger.filter((it) => it.at <= at),
  sends: state.sends.filter((it) => it.at <= at),
  past: state.past.filter((it) => it.endedAt <= at),
})

/** Answers for one draft, by the engine alone; runs beside the page. */
export function createAnswers(): Answerers {
  let opened: Opened | undefined

  const ready = (): Opened => {
    if (!opened) throw new Error('This draft cannot be walked: it has errors.')
    return opened
  }
  const startOf = (begin: Begin): WalkStart => {
    const { ground } = ready()
    const { at, who, entrance } = begin
    const state = who.kind === 'persona' ? stateOfPersona(who.persona, ground, at) : knownBy(who.state, at)
    return { at, state, fresh: who.kind === 'persona', entrance }
  }

  return {
    open(basis) {
      const { graph, inner, flow, ...around } = basis
      const found = new Map(inner.map((it) => [`${it.flowId} ${it.version}`, it]))
      const inlined = inlineSubFlows(graph, (flowId, version) => found.get(`${flowId} ${version}`), flow)
      opened = undefined
      if ('issues' in inlined) return { issues: inlined.issues, graph }
      const made = walkGround({ ...around, flowId: flow.id, graph: inlined.ok })
      if ('issues' in made) return { issues: made.issues, graph: inlined.ok }
      const still = walkGround({ ...around, teams: undefined, flowId: flow.id, graph: inlined.ok })
      opened = { basis, graph: inlined.ok, ground: made.ok, tested: 'ok' in still ? still.ok : made.ok }
      return { issues: [], graph: inlined.ok }
    },
    entrances: (give) => walkEntrances(ready().ground, ready().graph, startOf({ ...give, entrance: null })),
    walk({ begin, decisions }) {
      const { ground, graph } = ready()
      const walk = playWalk(ground, startOf(begin), decisions)
      const outside = { at: walk.now, state: walk.state, fresh: false }
      const entrances = walk.here.how === 'not-in' ? walkEntrances(ground, graph, outside) : []
      return { walk, choices: walkChoices(ground, graph, walk), entrances }
    },
    draw({ begin, decisions, seed }) {
      const { ground, graph } = ready()
      const walk = playWalk(ground, startOf(begin), decisions)
      return drawDecision(walk, walkChoices(ground, graph, walk), decisions.length, seed)
    },
    keep({ begin, decisions, id, name }) {
      const { tested: ground, graph, basis } = ready()
      const start = startOf(begin)
      const persona = begin.who.kind === 'persona' ? begin.who.persona : null
      const walk = playWalk(ground, start, decisions)
      const sources = [graph, ...basis.segments, basis.scoring, ...basis.teams.map((it) => it.territories)]
      return keepWalk({ ground, start, decisions, walk, persona, catalog: basis.catalog, sources }, { id, name })
    },
    tests: ({ tests }) => tests.map((it) => runFlowTest(ready().tested, it)),
  }
}
