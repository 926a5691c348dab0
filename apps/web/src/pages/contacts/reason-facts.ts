import { momentWords, placeWords } from './moment.ts'
import { pointsWords, type Reason } from './people.ts'
import { gateWords, propertyWords, type ReasonScope, reasonWords, ruleWords, sawWords, truthWords } from './reason-words.ts'

/** A line of the whole reason. Lines that belong to a part of it stand under the same `head`. */
export interface Fact {
  head?: string | undefined
  name: string
  value: string
}

const sources: Readonly<Record<string, string>> = {
  contact: 'their own',
  country: 'by their country',
  workspace: 'of the workspace, as theirs is not known',
  utc: 'UTC, as no other is known',
}
const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(shown).join(', ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([key, part]) => `${key} ${shown(part)}`)
    .join(', ')
}
const utc = (at: number) => momentWords(at, 'UTC')
const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Everything a reason holds, as a table: what was seen, against what, in which zone, what was wanted and what came. */
export function reasonFacts(reason: Reason, scope: ReasonScope): Fact[] {
  switch (reason.code) {
    case 'trigger.segment':
      return [{ name: 'In the segment since', value: utc(reason.since) }]
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
    case 'trigger.manual':
    case 'removed':
    case 'restarted':
      return [{ name: 'By', value: `${reason.by.name ?? reason.by.id} (${reason.by.kind})` }]
    case 'trigger.publish':
      return [{ name: 'Published by', value: reason.by.name ?? reason.by.id }]
    case 'wait.duration':
      return [
        { name: 'To wait', value: amountWords(reason.amount, reason.unit) },
        ...zoneFacts(reason),
        ...timeFacts(reason),
        ...(reason.frozenMs > 0 ? [{ name: 'Flow stood still', value: `${Math.round(reason.frozenMs / 60_000)} min` }] : []),
      ]
    case 'wait.time-of-day':
      return [
        { name: 'Time of day', value: reason.time },
        { name: 'On', value: reason.weekdays.map((day) => DAYS[day] ?? day).join(', ') },
        ...zoneFacts(reason),
        ...timeFacts(reason),
        {
          name: 'If late',
          value: { next: 'the next such time', grace: `at once within ${reason.graceMinutes ?? 0} min`, skip: 'at once' }[reason.policy],
        },
      ]
    case 'branch.case':
    case 'branch.otherwise':
      return [
        ...reason.cases.flatMap((one) =>
          one.rules.map((it) => ({
            head: `${scope.portName(one.id)}: ${truthWords(one.truth)}`,
            name: ruleWords(it, scope.catalog),
            value: `saw ${sawWords(it)}: ${truthWords(it.truth)}`,
          })),
        ),
        { head: 'When', name: 'Looked at', value: utc(reason.now) },
        { head: 'When', name: 'In the flow since', value: utc(reason.enteredAt) },
      ]
    case 'score.added':
      return [
        { name: 'Points', value: pointsWords(reason.points, true) },
        { name: 'Before', value: pointsWords(reason.before) },
        { name: 'After', value: pointsWords(reason.after) },
      ]
    case 'field.set':
      return [
        { name: 'Before', value: shown(reason.before) },
        { name: 'After', value: shown(reason.after) },
      ]
    case 'send.queued':
    case 'send.not-sent': {
      const { gate } = reason
      return [
        { name: 'Verdict', value: gateWords(gate) },
        { name: 'Kind of mail', value: gate.purpose },
        { name: 'Address known', value: shown(gate.address) },
        { name: 'Agreed to marketing mail', value: shown(gate.consent) },
        { name: 'Mail stopped', value: gate.suppressed ?? 'no' },
        { name: 'Whose', value: gate.ownerSide },
        { name: 'On behalf of sales', value: shown(gate.onSalesBehalf) },
        ...(reason.code === 'send.not-sent'
          ? [{ name: 'If not sent', value: reason.ifNotSent === 'skip' ? 'goes on' : 'goes another way' }]
          : []),
      ]
    }
    case 'handoff.accepted':
      return [{ name: 'Answered', value: utc(reason.at) }]
    case 'handoff.rejected':
      return [
        { name: 'Answered', value: utc(reason.at) },
        { name: 'Reason', value: reason.why },
        { name: 'Note', value: reason.note ?? 'none' },
      ]
    case 'handoff.overflow':
      return Object.entries(reason.reason).map(([name, value]) => ({ name, value: shown(value) }))
    case 'exit':
      return [{ name: 'Counts as finished', value: shown(reason.finished) }]
    case 'goal.reached':
    case 'exit-rule':
      return [
        ...reason.rules.map((it) => ({ name: ruleWords(it, scope.catalog), value: `saw ${sawWords(it)}: ${truthWords(it.truth)}` })),
        { name: 'Looked at', value: utc(reason.now) },
        { name: 'In the flow since', value: utc(reason.enteredAt) },
      ]
    case 'moved':
      return [{ name: 'By', value: `${reason.by.name ?? reason.by.id} (${reason.by.kind})` }]
    case 'migrated':
      return [
        { name: 'From version', value: shown(reason.from) },
        { name: 'To version', value: shown(reason.to) },
      ]
    case 'left-segment':
    case 'flow-stopped':
    case 'merged':
      return []
    case 'no-way-on':
      return [
        { name: 'Way that leads nowhere', value: scope.portName(reason.port) },
        {
          name: 'Would have left because',
          value: reasonWords(reason.because, scope)
            .map((it) => it.text)
            .join(''),
        },
        ...reasonFacts(reason.because, scope),
      ]
  }
}

function zoneFacts({ zone, zoneSource, arrivedZone }: { zone: string; zoneSource: string; arrivedZone: string }): Fact[] {
  return [
    { name: 'Zone', value: `${zone}, ${sources[zoneSource] ?? zoneSource}` },
    ...(arrivedZone === zone ? [] : [{ name: 'Zone on arrival', value: placeWords(arrivedZone) }]),
  ]
}

function timeFacts({ arrived, target, now, zone }: { arrived: number; target: number; now: number; zone: string }): Fact[] {
  return [
    { name: 'Came', value: momentWords(arrived, zone) },
    { name: 'Wanted', value: momentWords(target, zone) },
    { name: 'Went on', value: momentWords(now, zone) },
  ]
}

/** "1 day", "2 days", whichever way the unit is stored. */
const amountWords = (amount: number, unit: string): string => {
  const one = unit.replace(/s$/, '')
  return `${amount} ${amount === 1 ? one : `${one}s`}`
}
