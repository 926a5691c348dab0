import type { TurnResult } from '../../state/result.ts'

/** What became of one person in one version. */
export interface PersonWay {
  /** How often they came in. */
  entered: number
  /** Mails by template, leads by team, in order. */
  mails: readonly string[]
  leads: readonly string[]
  /** How their last passage ended; null: they are inside, or never came in. */
  ended: string | null
  /** The step they stand at or left from; null: they never came in. */
  node: string | null
}

/** In what somebody fares otherwise: what matters most of it. */
export const DIFFERENCES = ['comes-in', 'stays-out', 'leads', 'mails', 'way'] as const
export type DifferenceKind = (typeof DIFFERENCES)[number]

export interface PersonDifference {
  /** Their place in the sample: they have no name here. */
  place: number
  kind: DifferenceKind
  live: PersonWay
  draft: PersonWay
  /** The step at which their ways part; null: at the door. */
  partsAt: string | null
}

/** More steps of one person are not compared one by one. */
const MOST_STEPS = 400

interface Taken extends PersonWay {
  entered: number
  mails: string[]
  leads: string[]
  steps: string[]
}

const nobody = (): Taken => ({ entered: 0, mails: [], leads: [], ended: null, node: null, steps: [] })

/** Follows what becomes of everybody in one version. */
export class Ways {
  readonly #flowId: string
  readonly #of: Taken[]

  constructor(flowId: string, count: number) {
    this.#flowId = flowId
    this.#of = Array.from({ length: count }, nobody)
  }

  turn(place: number, { enrolments, sends, withdrawn, handoffs }: TurnResult): void {
    const way = this.#of[place]
    if (!way) return
    const own = <T extends { enrolment: { flowId: string } }>(all: readonly T[]) => all.filter((it) => it.enrolment.flowId === this.#flowId)
    const gone = new Set(withdrawn.map((it) => it.key))
    for (const { value, isNew, ended, steps } of enrolments) {
      if (value.flowId !== this.#flowId) continue
      if (isNew) way.entered++
      for (const { node, port } of steps) if (way.steps.length < MOST_STEPS) way.steps.push(`${node}\n${port}`)
      way.node = value.node
      way.ended = ended?.how ?? null
    }
    for (const { key, templateId } of own(sends)) if (!gone.has(key)) way.mails.push(templateId)
    for (const { teamId } of own(handoffs)) way.leads.push(teamId)
  }

  at(place: number): { way: PersonWay; steps: readonly string[] } {
    const { steps, ...way } = this.#of[place] ?? nobody()
    return { way, steps }
  }
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((it, i) => it === b[i])

/** How one person fares in two versions; undefined: alike, step by step. B-9. */
export function differenceOf(place: number, live: Ways, draft: Ways): PersonDifference | undefined {
  const [one, two] = [live.at(place), draft.at(place)]
  const kind = kindOf(one, two)
  if (!kind) return undefined
  const at = one.steps.findIndex((it, i) => it !== two.steps[i])
  const parts = at === -1 ? two.steps[one.steps.length] : one.steps[at]
  const door = one.way.entered === 0 || two.way.entered === 0
  return { place, kind, live: one.way, draft: two.way, partsAt: door ? null : (parts?.split('\n')[0] ?? two.way.node) }
}

type Both = { way: PersonWay; steps: readonly string[] }

function kindOf(live: Both, draft: Both): DifferenceKind | undefined {
  if (live.way.entered === 0 && draft.way.entered > 0) return 'comes-in'
  if (live.way.entered > 0 && draft.way.entered === 0) return 'stays-out'
  if (!same(live.way.leads, draft.way.leads)) return 'leads'
  if (!same(live.way.mails, draft.way.mails)) return 'mails'
  return live.way.entered === draft.way.entered && same(live.steps, draft.steps) ? undefined : 'way'
}
