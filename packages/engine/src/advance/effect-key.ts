import type { EnrolmentKey } from '../state/person.ts'

/**
 * The key of an effect: contact, flow, object, entry, node, visit, ordinal. Business keys only, so that a simulation, a run and
 * a second import agree; unique for ever, so that whatever is delivered by it is delivered once. E-6.
 */
export function effectKey(contact: string, of: EnrolmentKey, node: string, visit: number, ordinal: number): string {
  return `${visitPrefix(contact, of, node, visit)}${ordinal}`
}

/** What all effect keys of one passage begin with. */
export function enrolmentPrefix(contact: string, { flowId, key, entry }: EnrolmentKey): string {
  return `${part(contact)}/${part(flowId)}/${part(key)}/${entry}/`
}

/** What the effect keys of one visit to a node begin with. */
export function visitPrefix(contact: string, of: EnrolmentKey, node: string, visit: number): string {
  return `${enrolmentPrefix(contact, of)}${part(node)}/${visit}/`
}

/** The key of a line of points that a rule of the score model gave: contact, rule in its form, and what it is for. E-351. */
export const ruleKey = (contact: string, tag: string, of: string): string => `${part(contact)}/!${tag}/${part(of)}`

/** A slash within a part is no separator. */
const part = (text: string) => (text.includes('/') || text.includes('%') ? escaped(text) : text)

const escaped = (text: string) => text.replace(/[%/]/g, (it) => (it === '%' ? '%25' : '%2F'))
