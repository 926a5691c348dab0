import { emptyState, type InboxItem } from '@baton/engine'
import { BUNDLE_START, type Bundle, buildGraph, samplePerson } from '@baton/engine/testing'
import { HOUR } from '@baton/leads'

type Told = Bundle['contacts'][number]['answers'][number]
type Said = Extract<Told['happening'], { do: 'sales' }>['answer']
type Settings = Readonly<Record<string, unknown>>

/** A hand-off of one flow that other flows of the same person come to as well, and what becomes of it. Hours are from Monday at nine. */
export interface Shared {
  name: string
  /** What the step has in its settings that makes the hand-off. */
  made?: Settings | undefined
  /**
   * Those that join it, each of a flow of its own, and when people come to it; an hour after it was made where it is not said. Where they call a
   * web address before it, `answered` is when that answers.
   */
  joining?: readonly (Settings & { at?: number; answered?: number })[] | undefined
  /** What sales says, when, and why. */
  said?: readonly (readonly [hours: number, answer: Said, why?: string])[] | undefined
  /** Removed from the flow that made it, or from the first that joined. */
  removed?: readonly (readonly [hours: number, flow: 'made' | 'joined'])[] | undefined
  /** Come to a step again. */
  again?: readonly (readonly [hours: number, flow: 'made' | 'joined'])[] | undefined
  /** The team's people, and how many leads each takes at a time. */
  reps?: number | undefined
  cap?: number | undefined
  /** Somebody else who is handed over at the same time: the team has one lead more. */
  rival?: boolean | undefined
  /** By which ways they left the step that made it, then each that joined. */
  left: readonly (readonly string[])[]
}

/** The step of every flow that hands over. */
export const HAND = 'h'
/** Nine o'clock on Monday where the workspace is: its people begin to work. */
export const NINE = BUNDLE_START + 31 * HOUR
const source = { kind: 'user', id: 'u' } as const
const at = (hours: number): number => NINE + hours * HOUR

const CALL = { url: 'https://example.com/hook', body: { kind: 'chosen', fields: [] }, save: [] }

/** Hands over by these settings: a voicemail waits for two hours and comes back, every other way is an end. */
function handing(id: string, teamId: string, { at: _, answered, ...settings }: Settings) {
  const data: Settings = { v: 2, why: 'Ready', fields: [], leaveAt: 'first-answer', ...settings, teamId }
  const has = (name: string) => data[name] !== undefined && data[name] !== null
  const loop = has('voicemail')
  const ports = [
    ...(data.leaveAt === 'final-outcome' ? ['converted', 'lost'] : ['accepted']),
    ...['rejected', 'overflow'],
    ...(has('rejectWays') ? ['way:budget'] : []),
    ...((has('level') && data.afterBreach !== 'manager') || loop ? ['no-response'] : []),
  ]
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      [HAND, 'hand-to-sales', { ...data }],
      ...(answered === undefined ? [] : [['c', 'webhook', CALL] as const]),
      ...(loop ? [['w', 'wait', { until: { kind: 'duration', amount: 2, unit: 'hours' } }] as const] : []),
      ...ports.map((it, i) => [`x${i}`, 'exit', { label: it }] as const),
    ],
    [
      ...(answered === undefined ? [`in.out>${HAND}`] : ['in.out>c', `c.answered>${HAND}`, `c.failed>${HAND}`]),
      ...ports.map((it, i) => `${HAND}.${it}>x${i}`),
      ...(loop ? [`${HAND}.voicemail>w`, `w.out>${HAND}`] : []),
    ],
    { reentry: { when: 'always' } },
  )
  return { id, graph, share: 1 }
}

export const madeIn = (n: number): string => `made_${n}`
export const joinedIn = (n: number, i: number): string => `joined_${n}_${i}`
export const personOf = (n: number): string => `person-${n}@example.com`

/** The same as a bundle under names of its own, the nth of a workspace. */
export function sharedBundle(it: Shared, n: number): Bundle {
  const { made = {}, joining = [{}], said = [], removed = [], again = [], reps = 2, cap = null, rival = false } = it
  const team = `team_${n}`
  const flowOf = (which: 'made' | 'joined') => (which === 'made' ? madeIn(n) : joinedIn(n, 0))
  const enrol = (flowId: string, hours: number): InboxItem => ({ kind: 'enrol', at: at(hours), flowId, node: 'in', key: '', source })
  const items: InboxItem[] = [
    enrol(madeIn(n), 0),
    ...joining.map(({ at: hours = 1 }, i) => enrol(joinedIn(n, i), hours)),
    ...removed.map(([hours, flow]): InboxItem => ({ kind: 'remove', at: at(hours), flowId: flowOf(flow), key: '', source })),
    ...again.map(([hours, flow]) => enrol(flowOf(flow), hours)),
  ]
  const told = (hours: number, line: number, happening: Told['happening']): Told => {
    return { line, contact: personOf(n), occurredAt: at(hours), receivedAt: at(hours), happening }
  }
  const answers = [
    ...said.map(([hours, answer, why = 'other'], line) => told(hours, line, { do: 'sales', answer, rep: 'Mara', note: null, why })),
    ...joining.flatMap(({ answered }, i) =>
      answered === undefined
        ? []
        : [told(answered, said.length + i, { do: 'webhook', flowId: joinedIn(n, i), node: 'c', status: 200, data: null, why: null })],
    ),
  ]
  const person = (key: string) => emptyState(samplePerson({ key, zone: 'UTC', fields: {} }))
  return {
    flows: [handing(madeIn(n), team, made), ...joining.map((settings, i) => handing(joinedIn(n, i), team, settings))],
    segments: [],
    contacts: [
      { state: person(personOf(n)), items: items.sort((a, b) => a.at - b.at), answers },
      ...(rival ? [{ state: person(`a-rival-${n}@example.com`), items: [enrol(madeIn(n), 0)], answers: [] }] : []),
    ],
    teams: [{ id: team, reps, cap }],
    ...{ fields: [], dimensions: [], templates: [], agreements: [] },
    list: `list_${n}`,
  }
}
