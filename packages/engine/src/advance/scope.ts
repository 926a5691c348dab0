import { hash01, resolveZone } from '@baton/leads'
import type { DimensionModel, SendingRules } from '../catalog.ts'
import type { StepScope } from '../kind.ts'
import type { ContactState } from '../state/contact.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { Instant, Person, RelatedFact } from '../state/person.ts'
import { effectKey } from './effect-key.ts'
import { pausedBetween } from './pauses.ts'
import { flowOf, type Turn } from './turn.ts'

/** The contact's zone and where it comes from: own, country, its company's (or that of the company's country), workspace. E-40, E-243. */
export function zoneOf(person: Person, workspaceZone: string, related: readonly RelatedFact[] = []): { zone: string; source: string } {
  const country = text(person.fields, 'country')
  const company = related.find((it) => it.kind === 'company')
  return resolveZone({ contactZone: person.zone, country, companyZone: company && companyZone(company.data), workspaceZone })
}

/** A zone that is no zone counts as missing, like that of a contact. */
function companyZone(data: RelatedFact['data']): string | null {
  const { zone, source } = resolveZone({ contactZone: text(data, 'zone'), country: text(data, 'country') })
  return source === 'utc' ? null : zone
}

function text(record: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = own(record, key)
  return typeof value === 'string' ? value : null
}

/** What a step of this enrolment may see now. */
export const scopeOf = (turn: Turn, enrolment: Enrolment): StepScope => new Scope(turn, enrolment)

/** A class, since one is made for every step: an object of closures costs five times as much, and the zone is seldom asked for. */
class Scope implements StepScope {
  readonly now: Instant
  readonly state: ContactState
  readonly enteredAt: Instant
  readonly enteredBy: string | null
  readonly enrolment: Enrolment
  readonly dimensions: readonly DimensionModel[]
  readonly #turn: Turn

  constructor(turn: Turn, enrolment: Enrolment) {
    this.now = turn.now
    this.state = turn.state
    this.enteredAt = enrolment.enteredAt
    this.enteredBy = enrolment.vars.enteredBy ?? null
    this.enrolment = enrolment
    this.dimensions = turn.plan.dimensions
    this.#turn = turn
  }

  get zone(): { zone: string; source: string } {
    return zoneOf(this.state.person, this.#turn.plan.workspaceZone, this.state.related)
  }

  get sending(): SendingRules {
    return this.#turn.plan.sending
  }

  effectKey(ordinal: number): string {
    return effectKey(this.state.person.key, this.enrolment, this.enrolment.node, visitOf(this.enrolment), ordinal)
  }

  dice(salt: string): number {
    const { flowId, key, entry, node } = this.enrolment
    return hash01([this.state.person.key, flowId, key, entry, node, visitOf(this.enrolment), this.#turn.env.seed, salt])
  }

  drawn(): string | undefined {
    const { flowId, node } = this.enrolment
    return own(this.state.drawn, `${flowId}/${node}`)
  }

  pausedBetween(from: Instant, to: Instant): number {
    return pausedBetween(flowOf(this.#turn, this.enrolment)?.pauses ?? [], from, to)
  }
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)

/** How many times this enrolment has entered the node it is at. */
export const visitOf = ({ vars, node }: Enrolment): number => (Object.hasOwn(vars.visits, node) ? (vars.visits[node] ?? 1) : 1)
