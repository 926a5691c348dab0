import { FIRST_STATE, type LifeEvent, type LifeState, transition } from '@baton/leads'

/** A line of the log of one of somebody's leads, in the order in which they were written. */
export interface LifeLine {
  handoffId: number
  at: number
  kind: string
  byId: string | null
  byName: string
  data: Readonly<Record<string, unknown>>
}

/** A moment at which stage, side or owner changed: what happened, who did it, and how somebody stands since. */
export interface LifeStep extends LifeState {
  at: number
  /** The kind of the line that changed it; `known`: something else than a lead of sales, e.g. the CRM. */
  what: string
  handoffId: number | null
  byId: string | null
  byName: string | null
  /** Why, where somebody said so. */
  why: string | null
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** What a line means for the life cycle; undefined for what changes nothing of it. */
function eventOf({ kind, data }: LifeLine): LifeEvent | undefined {
  const repId = text(data.repId)
  switch (kind) {
    case 'created':
      return { kind: 'handedOver' }
    case 'assigned':
    case 'reassigned':
      return repId === undefined ? undefined : { kind: 'assigned', repId }
    case 'accepted':
      return { kind: 'accepted', repId: repId ?? '' }
    case 'given-back':
    case 'clawed-back':
    case 'escalated':
      return { kind: 'givenBack' }
    case 'rejected':
    case 'disqualified':
    case 'lost':
    case 'won':
      return { kind }
    case 'overflow':
    case 'no-response':
      return { kind: 'noResponse' }
    case 'opportunity':
      return { kind: 'opportunityOpened', repId }
    default:
      return undefined
  }
}

const ENDS = ['rejected', 'disqualified', 'lost', 'won', 'overflow', 'no-response']

const same = (a: LifeState, b: LifeState) => a.stage === b.stage && a.ownerSide === b.ownerSide && a.ownerId === b.ownerId

/**
 * How somebody came to stand where they stand: the logs of all their leads through the rules of the life cycle. While sales has another
 * lead of the same person open, one that ends brings nobody back. Where the person stands otherwise than the leads say, the last step
 * says so: the CRM, an import or a merge knew better.
 */
export function lifeOf(lines: readonly LifeLine[], now: LifeState, createdAt: number): LifeStep[] {
  const steps: LifeStep[] = [{ ...FIRST_STATE, at: createdAt, what: 'added', handoffId: null, byId: null, byName: null, why: null }]
  const open = new Set<number>()
  let state = FIRST_STATE
  for (const line of lines) {
    const event = eventOf(line)
    if (event === undefined) continue
    if (line.kind === 'created') open.add(line.handoffId)
    else if (ENDS.includes(line.kind)) open.delete(line.handoffId)
    // Won makes a customer whatever else is open.
    if (ENDS.includes(line.kind) && line.kind !== 'won' && open.size > 0) continue
    const next = transition(state, event)
    if ('refused' in next || same(next.state, state)) continue
    state = next.state
    const { at, kind: what, handoffId, byId, byName, data } = line
    steps.push({ ...state, at, what, handoffId, byId, byName, why: text(data.why) ?? text(data.note) ?? null })
  }
  if (same(state, now)) return steps
  const last = steps.at(-1)?.at ?? createdAt
  return [...steps, { ...now, at: last, what: 'known', handoffId: null, byId: null, byName: null, why: null }]
}
