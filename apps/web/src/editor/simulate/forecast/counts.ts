import { callOf, type FlowForecast } from '@baton/engine'
import type { Count, Told } from '../../store.ts'
import { bandWords, betweenWords, shareWords, stayWords } from './words.ts'

type Of = Pick<FlowForecast, 'nodes' | 'edges'>
type Step = FlowForecast['nodes'][number]

/** The ways that nobody drew: a passage that ended here, or was put elsewhere. */
const isDrawn = (port: string) => port !== 'end' && port !== 'away'

/** What the table and the cards say of a step at the end of a stretch. How long people stay is counted over the whole time. */
export const stepAt = ({ enteredOver, peopleOver, dropOffOver, medianMinutes }: Step, at: number) => ({
  entered: enteredOver[at] ?? NOBODY,
  people: peopleOver[at] ?? NOBODY,
  dropOff: dropOffOver[at] ?? null,
  stay: medianMinutes,
})
const NOBODY = { p10: 0, mid: 0, p90: 0 }

/**
 * What cards and ways show of a forecast at the end of a stretch of time. Steps of a flow inside are counted at the step that stands for it.
 * Who left is counted, never taken from the other figures: middles of many draws need not add up.
 */
export function countsAt(ids: readonly string[], { nodes, edges }: Of, at: number): Map<string, Count> {
  const counts = new Map<string, Count>(ids.map((id) => [id, { passed: 0, here: 0, parked: 0, undecided: 0, ports: {}, lost: 0 }]))
  const add = (id: string, change: (count: Count) => Count) => {
    const count = counts.get(id)
    if (count) counts.set(id, change(count))
  }
  const between = new Map<string, Told['ports']>()
  const ends = new Set(nodes.map((it) => it.node))
  for (const { node, port, peopleOver, shareOver } of edges) {
    const band = peopleOver[at] ?? NOBODY
    const people = Math.round(band.mid)
    const call = callOf(node)
    const take = (way: string) => {
      between.set(call, { ...between.get(call), [way]: { between: betweenWords(band), share: shareOver[at]?.mid ?? null } })
      add(call, (count) => ({ ...count, ports: { ...count.ports, [way]: people } }))
    }
    if (isDrawn(port)) ends.delete(node)
    if (call === node) {
      if (isDrawn(port)) take(port)
      else if (port === 'end') add(node, (count) => ({ ...count, lost: people }))
    }
    // An exit of the flow inside is a way of the step that stands for it.
    else if (port === 'out' && !node.slice(call.length + 1).includes('/')) take(node.slice(call.length + 1))
  }
  const callers = new Set(nodes.flatMap(({ node }) => (callOf(node) === node ? [] : [callOf(node)])))
  for (const step of nodes) {
    const { node } = step
    const { entered, people } = stepAt(step, at)
    const call = callOf(node)
    add(call, (count) => ({
      ...count,
      here: count.here + Math.round(people.mid),
      passed: call === node ? Math.round(entered.mid) : count.passed,
    }))
    if (call === node) {
      const told = toldOf(step, at, { isEnd: ends.has(node), isFlow: callers.has(node) }, between.get(node) ?? {})
      add(node, (count) => ({ ...count, told }))
    }
  }
  return counts
}

/** Of a flow inside the steps tell how long people stay and where they leave; and at an end everybody does. */
function toldOf(step: Step, at: number, { isEnd, isFlow }: { isEnd: boolean; isFlow: boolean }, ports: Told['ports']): Told {
  const { entered, people, dropOff, stay } = stepAt(step, at)
  const short: string[] = []
  const whole = [`Come by then: ${bandWords(entered)}`]
  if (!isFlow) {
    whole.push(`Here then: ${bandWords(people)}`)
    if (stay && entered.mid > 0) {
      whole.push(`Stay: ${bandWords(stay, stayWords)}, the middle of all`)
      if (stay.mid >= 1) short.push(stayWords(stay.mid))
    }
    if (dropOff && !isEnd) {
      whole.push(`Leave the flow here: ${bandWords(dropOff, shareWords)}`)
      if (dropOff.mid > 0) short.push(`${shareWords(dropOff.mid)} leave`)
    }
  }
  return { line: short.join(' · '), whole: [...whole, 'In brackets what eight times of ten it lies between'].join('\n'), ports }
}
