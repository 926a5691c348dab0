import type { SentencePart } from '@baton/engine'
import { momentWords } from '../moment.ts'
import { pointsWords, type Reason } from '../people.ts'
import {
  actorWords,
  amountWords,
  didWords,
  type Fact,
  nameIn,
  plain,
  propertyWords,
  type ReasonScope,
  ruleWords,
  sawWords,
  shown,
  strong,
  truthWords,
  utc,
  zoneFacts,
} from './parts.ts'

/** Why somebody came in. */
export type TriggerReason = Extract<Reason, { code: `trigger.${string}` }>

export const isTrigger = (reason: { code: string }): reason is TriggerReason => reason.code.startsWith('trigger.')

/** What our own events are called. */
const OURS: Readonly<Record<string, string>> = {
  'form.submitted': 'Sent a form',
  'lifecycle.changed': 'Came to another stage',
  'sales.handed-over': 'Was handed to sales',
  'sales.accepted': 'Was accepted by sales',
  'sales.rejected': 'Was rejected by sales',
  'sales.disqualified': 'Was disqualified by sales',
  'sales.breached': 'Sales answered too late',
  'sales.no-response': 'Sales never answered',
  'sales.overflow': 'Sales had nobody to take them',
  'sales.attempted': 'Was not reached by sales',
  'sales.contacted': 'Was reached by sales',
  'sales.given-back': 'Was given back by a rep',
  'sales.opportunity': 'Sales opened a deal',
  'sales.converted': 'Became a customer by sales',
  'sales.lost': 'Was lost by sales',
}

/** One sentence: what let somebody in. */
export function triggerWords(reason: TriggerReason, { catalog }: ReasonScope): readonly SentencePart[] {
  const segment = (id: string | null) => strong(nameIn(catalog.segments, id, 'a segment that is gone'))
  const field = (key: string) => strong(catalog.fields.find((it) => it.key === key)?.label ?? key)
  switch (reason.code) {
    case 'trigger.segment':
      return [plain('Joined '), segment(reason.segmentId)]
    case 'trigger.segment-left':
      return [plain('Left '), segment(reason.segmentId)]
    case 'trigger.event': {
      const ours = Object.hasOwn(OURS, reason.type) ? OURS[reason.type] : undefined
      const form = reason.where[0] && reason.type === 'form.submitted' ? sawWords(reason.where[0]) : undefined
      if (form !== undefined) return [plain('Sent '), strong(nameIn(catalog.forms, form, 'a form that is gone'))]
      const rules = reason.where.map((it) => `${propertyWords(it)} (saw ${sawWords(it)})`).join(' and ')
      return ours === undefined ? didWords(reason.type, reason.where) : [strong(ours), plain(rules === '' ? '' : ` where ${rules}`)]
    }
    case 'trigger.field':
      return [field(reason.field), plain(` changed from ${shown(reason.before)} to `), strong(shown(reason.after))]
    case 'trigger.score': {
      const name = nameIn(catalog.dimensions, reason.dimension, 'A score that is gone')
      const how = reason.way === 'up' ? ' rose to ' : ' fell to '
      const why = reason.byTime ? ', as points aged' : ''
      return [strong(name), plain(how), strong(pointsWords(reason.after)), plain(` from ${pointsWords(reason.before)}${why}`)]
    }
    case 'trigger.date': {
      const far = reason.amount === 0 ? 'On ' : `${amountWords(reason.amount, reason.unit)} ${reason.side} `
      return [plain(far), field(reason.field), plain(` (${reason.value})${reason.yearly ? ', as every year' : ''}`)]
    }
    case 'trigger.schedule':
      return [plain('By the schedule: '), strong(reason.words), plain(', as one of '), segment(reason.segmentId)]
    case 'trigger.api':
      return [plain('Let in by '), strong(actorWords(reason.by))]
    case 'trigger.flow':
      return [plain('Let in by '), strong(nameIn(catalog.flows, reason.flowId, 'another flow'))]
    case 'trigger.manual':
      return [plain('Put in by '), strong(actorWords(reason.by))]
    case 'trigger.publish':
      return [
        plain('Was in '),
        strong(nameIn(catalog.segments, reason.segmentId, 'the segment')),
        plain(` when ${actorWords(reason.by)} published`),
      ]
  }
}

/** Everything such a reason holds, as a table. */
export function triggerFacts(reason: TriggerReason, { catalog }: ReasonScope): Fact[] {
  switch (reason.code) {
    case 'trigger.segment':
      return [{ name: 'In the segment since', value: utc(reason.since) }]
    case 'trigger.segment-left':
      return [{ name: 'Left', value: utc(reason.at) }]
    case 'trigger.event':
      return [
        { name: 'Happened', value: utc(reason.occurredAt) },
        { name: 'Event', value: reason.eventId },
        ...reason.where.map((it) => ({
          head: 'Properties',
          name: propertyWords(it),
          value: `saw ${sawWords(it)}: ${truthWords(it.truth)}`,
        })),
      ]
    case 'trigger.field': {
      const rules = [...reason.from.map((it) => ({ head: 'Before', it })), ...reason.to.map((it) => ({ head: 'After', it }))]
      return [
        { name: 'Before', value: shown(reason.before) },
        { name: 'After', value: shown(reason.after) },
        ...rules.map(({ head, it }) => ({ head, name: ruleWords(it, catalog), value: `saw ${sawWords(it)}: ${truthWords(it.truth)}` })),
      ]
    }
    case 'trigger.score':
      return [
        { name: reason.way === 'up' ? 'Threshold, from below' : 'Threshold, from above', value: pointsWords(reason.threshold) },
        { name: 'Before', value: pointsWords(reason.before) },
        { name: 'After', value: pointsWords(reason.after) },
        { name: 'Cause', value: reason.byTime ? 'points aged' : 'points were given or taken' },
      ]
    case 'trigger.date':
      return [
        { name: 'Date', value: reason.value },
        { name: 'Distance', value: reason.amount === 0 ? 'on the day' : `${amountWords(reason.amount, reason.unit)} ${reason.side}` },
        { name: 'Time of day', value: reason.time },
        { name: 'Every year', value: shown(reason.yearly) },
        ...zoneFacts(reason),
        { name: 'Moment', value: momentWords(reason.target, reason.zone) },
      ]
    case 'trigger.schedule':
      return [
        { name: 'Schedule', value: reason.words },
        { name: 'Time', value: momentWords(reason.occurrence, reason.zone) },
        { name: 'Zone', value: reason.zone },
      ]
    case 'trigger.flow':
      return [{ name: 'Flow', value: nameIn(catalog.flows, reason.flowId, reason.flowId) }]
    case 'trigger.api':
    case 'trigger.manual':
      return [{ name: 'By', value: `${reason.by.name ?? reason.by.id} (${reason.by.kind})` }]
    case 'trigger.publish':
      return [{ name: 'Published by', value: reason.by.name ?? reason.by.id }]
  }
}
