import { compareText, hash01 } from '@baton/leads'
import type { Plan } from '../../plan.ts'
import type { ContactState } from '../../state/contact.ts'
import { PLAIN_CONTRACT } from '../../state/contract.ts'
import type { ContactEvent } from '../../state/person.ts'
import type { HandoffEffect } from '../../state/result.ts'
import type { Ahead } from '../play/agenda.ts'
import { ofSample } from '../world/desk.ts'
import type { SalesTeam } from '../world/team.ts'
import type { CarriedLead, OtherLead } from '../world/world.ts'
import type { Behaviour } from './rates.ts'

const WEEK = 7 * 86_400_000

/** How people come to a start of the flow. */
export type Intake =
  /** Whoever matches at the beginning comes in then, as at a publish; later only who begins to match. */
  | { node: string; how: 'matching' }
  /** Everybody at the beginning, or evenly over so many days. */
  | { node: string; how: 'everybody'; days: number }
  /** By what people do whatever the flow does, as often as they do it. */
  | { node: string; how: 'happening' }
  /** As often as somebody says: so many times a week and person. */
  | { node: string; how: 'rate'; perWeek: number }

/** What other live flows do meanwhile, at the rate at which they have done it: not simulated, but felt. */
export interface Pressure {
  /** Marketing mails a week and person. */
  mailsPerWeek: number
  /** Leads a week, by team, of everybody. */
  leadsPerWeek: Readonly<Record<string, number>>
  /** By which flows, by name: for whoever reads the result. */
  flows: readonly string[]
}

/**
 * Somebody as they are when a forecast begins: passages of the flow at hand go on in the version that is tried, where it has their step;
 * those of other flows are left out.
 */
export function readied(state: ContactState, plan: Plan, flowId: string): ContactState {
  const version = plan.flows.get(flowId)?.entry
  const enrolments = state.enrolments
    .filter((it) => it.flowId === flowId && version?.nodes.has(it.node) === true)
    .map((it) => ({ ...it, version: version?.version ?? it.version }))
  return enrolments.length === state.enrolments.length && enrolments.length === 0 ? state : { ...state, enrolments }
}

/** What lies ahead of one contact: coming in, what fires by time, and the mails of other flows. By the contact's key and the seed alone. S-23. */
export function aheadOf(
  { person }: ContactState,
  { plan, flowId, intake, pressure, from, until, seed, deeds }: AheadOptions,
): readonly Ahead[] {
  const ahead: Ahead[] = []
  // What fires by time is planned by a look; a flow that is published is looked at for everybody.
  for (const id of plan.index.triggers.dated.keys()) ahead.push({ kind: 'recheck', at: from, segmentId: id })
  for (const it of intake) {
    const enrol = (at: number, source: 'publish' | 'forecast') =>
      ahead.push({ kind: 'enrol', at: Math.floor(at), flowId, node: it.node, key: '', source: { kind: 'system', id: source } })
    if (it.how === 'happening') continue
    if (it.how === 'matching') enrol(from, 'publish')
    else if (it.how === 'everybody') enrol(from + hash01([person.key, it.node, 'comes', seed]) * it.days * 86_400_000, 'forecast')
    else for (const at of arrivals([person.key, it.node, 'comes', seed], it.perWeek, from, until)) enrol(at, 'forecast')
  }
  for (const { type, perWeek, props } of deeds) {
    for (const [i, at] of arrivals([person.key, 'happens', type, seed], perWeek, from, until).entries()) {
      const like = props[Math.floor(hash01([person.key, 'like', type, i, seed]) * props.length)] ?? {}
      const id = `${person.key}/${type}/${i}`
      ahead.push({ kind: 'event', at, event: { id, type, props: like, occurredAt: at, receivedAt: at } })
    }
  }
  for (const [i, at] of arrivals([person.key, 'other-mail', seed], pressure?.mailsPerWeek ?? 0, from, until).entries()) {
    const send = { key: `other/${person.key}/${i}`, templateId: '', at, status: 'sent', purpose: 'marketing', topic: null } as const
    ahead.push({ kind: 'other-mail', at, send })
  }
  return ahead
}

export interface AheadOptions {
  plan: Plan
  flowId: string
  intake: readonly Intake[]
  pressure: Pressure | undefined
  from: number
  until: number
  seed: string
  deeds: readonly OwnDeed[]
}

/** Something that people do whatever the flow does: how often a week and person, and with which properties it was seen. */
export interface OwnDeed {
  type: string
  perWeek: number
  props: readonly ContactEvent['props'][]
}

/** So many people are looked at for what such an event looks like, and so many events of a type are kept. */
const LOOKED_AT = 500
const KEPT = 100

const isRead = ({ reads, index, scoring }: Plan, type: string): boolean =>
  reads.events.has(type) || index.triggers.events.has(type) || scoring?.behaviours.has(type) === true

/** What people do whatever the flow does, of the types that the plan reads or listens to; it looks like what people of the sample did. S-30. */
export function ownDeeds(plan: Plan, happens: Behaviour['happens'], sample: { count: number; at(place: number): ContactState }): OwnDeed[] {
  const deeds = Object.entries(happens)
    .filter(([type, { perWeek }]) => perWeek > 0 && isRead(plan, type))
    .map(([type, { perWeek }]) => ({ type, perWeek, props: [] as ContactEvent['props'][] }))
  if (deeds.length === 0) return deeds
  for (let place = 0; place < Math.min(LOOKED_AT, sample.count); place++) {
    for (const { type, props, machine } of sample.at(place).events) {
      const deed = machine ? undefined : deeds.find((it) => it.type === type)
      if (deed && deed.props.length < KEPT) deed.props.push(props)
    }
  }
  return deeds.sort((a, b) => compareText(a.type, b.type))
}

/** Leads that wait at the beginning and leads of other flows, in the order of time. */
export function otherLeads(
  pressure: Pressure | undefined,
  teams: readonly SalesTeam[],
  { from, until, seed, standsFor }: { from: number; until: number; seed: string; standsFor: number },
): OtherLead[] {
  const waiting = teams.flatMap(({ id, waiting: count = 0 }) =>
    Array.from({ length: ofSample(count, standsFor) }, (_, i) => leadFrom(`waiting-lead/${id}/${i}`, id, from)),
  )
  const leads = Object.entries(pressure?.leadsPerWeek ?? {}).flatMap(([teamId, perWeek]) =>
    arrivals(['other-lead', teamId, seed], perWeek / standsFor, from, until).map((at, i) =>
      leadFrom(`other-lead/${teamId}/${i}`, teamId, at),
    ),
  )
  return [...waiting, ...leads].sort((a, b) => a.at - b.at).map((lead) => ({ lead }))
}

/** Leads that reps have at the beginning. S-51. */
export const carriedLeads = (teams: readonly SalesTeam[], from: number, standsFor: number): CarriedLead[] =>
  teams.flatMap(({ id, reps }) =>
    reps.flatMap((rep) =>
      Array.from({ length: ofSample(rep.carries?.open ?? 0, standsFor) }, (_, i) => ({
        lead: leadFrom(`carried-lead/${id}/${rep.id}/${i}`, id, from),
        rep,
      })),
    ),
  )

/** A lead of which no more is known than who is asked for it. */
function leadFrom(key: string, teamId: string, at: number): HandoffEffect {
  const enrolment = { flowId: '', key: '', entry: 1 }
  const packet = { why: '', fields: {}, scores: {}, note: null }
  return { key, teamId, at, enrolment, version: 0, node: '', packet, contract: PLAIN_CONTRACT }
}

/** Times at which something happens that happens so often a week: with exponential gaps, as what nobody arranges. */
function arrivals(of: readonly string[], perWeek: number, from: number, until: number): number[] {
  const times: number[] = []
  if (!(perWeek > 0)) return times
  for (let at = from, i = 0; ; i++) {
    at += (-Math.log(1 - hash01([...of, i])) / perWeek) * WEEK
    if (at > until) return times
    times.push(Math.floor(at))
  }
}
