import type { SentencePart } from '@baton/engine'
import { momentWords, placeWords } from '../moment.ts'
import type { Reason } from '../people.ts'
import {
  amountWords,
  because,
  caseFacts,
  didWords,
  type Fact,
  plain,
  propertyWords,
  type ReasonScope,
  sawWords,
  shown,
  strong,
  timeFacts,
  truthWords,
  utc,
  zoneFacts,
} from './parts.ts'

/** Reasons of the steps that hold people. */
export type WaitReason = Extract<Reason, { code: `wait.${string}` }>
type Of<C extends WaitReason['code']> = Extract<WaitReason, { code: C }>

export const isWait = (reason: Reason): reason is WaitReason => reason.code.startsWith('wait.')

const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const whys: Readonly<Record<Of<'wait.no-date'>['why'], string>> = {
  empty: 'is empty',
  unreadable: 'is no date',
  'too-far': 'is more than five years away',
}
const lates: Readonly<Record<Of<'wait.date'>['past'], string>> = {
  'go-on': 'so went on at once',
  'too-late': 'so went the other way',
  exit: 'so left',
}

/** Why a wait was over, as one sentence. */
export function waitReasonWords(reason: WaitReason, { catalog, portName }: ReasonScope): readonly SentencePart[] {
  const label = (key: string) => catalog.fields.find((it) => it.key === key)?.label ?? key
  switch (reason.code) {
    case 'wait.duration':
      return [plain('Waited until '), strong(momentWords(reason.target, reason.zone)), ...frozen(reason.frozenMs)]
    case 'wait.time-of-day':
      if (reason.late === 'skip') return [plain('Came too late for '), strong(reason.time), plain(', so went on at once')]
      if (reason.late === 'grace') return [plain('Came a little after '), strong(reason.time), plain(', so went on at once')]
      return [plain('Waited for '), strong(momentWords(reason.target, reason.zone))]
    case 'wait.date':
    case 'wait.date-field': {
      const at = strong(momentWords(reason.target, reason.code === 'wait.date' ? (reason.dateZone ?? reason.zone) : reason.zone))
      return reason.late ? [plain('Came after '), at, plain(`, ${lates[reason.past]}`)] : [plain('Waited until '), at]
    }
    case 'wait.no-date':
      return [strong(label(reason.field)), plain(` ${whys[reason.why]}, so there was no date to wait for`)]
    case 'wait.window':
      return [plain('Open at '), strong(momentWords(reason.now, reason.calendarZone ?? reason.zone))]
    case 'wait.event': {
      const where = reason.tried.find((it) => it.id === reason.branch)?.where ?? []
      return [...didWords(reason.type, where), plain(`: went to ${portName(reason.branch)}`)]
    }
    case 'wait.condition': {
      const taken = reason.cases.find((it) => it.id === reason.branch)
      return [plain('Went to '), strong(portName(reason.branch)), plain(taken ? `: ${because(taken, catalog)}` : '')]
    }
    case 'wait.time-out':
      return [plain('Nothing happened within '), strong(amountWords(reason.amount, reason.unit)), ...frozen(reason.frozenMs)]
    case 'wait.dropped':
      return [plain('Was due while the flow stood still, at '), strong(utc(reason.due)), plain(', so left when it went on')]
  }
}

const frozen = (ms: number): SentencePart[] => (ms === 0 ? [] : [plain(', the time the flow stood still given back')])

const stoodStill = (ms: number): Fact[] => (ms > 0 ? [{ name: 'Flow stood still', value: `${Math.round(ms / 60_000)} min` }] : [])

/** Everything the reason of a wait holds, as a table. */
export function waitFacts(reason: WaitReason, scope: ReasonScope): Fact[] {
  switch (reason.code) {
    case 'wait.duration':
      return [
        { name: 'To wait', value: amountWords(reason.amount, reason.unit) },
        ...zoneFacts(reason),
        ...timeFacts(reason),
        ...stoodStill(reason.frozenMs),
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
    case 'wait.date':
      return [
        { name: 'Date', value: `${reason.date}, ${reason.time}` },
        { name: 'Read', value: reason.dateZone === null ? 'where they live' : `in ${placeWords(reason.dateZone)}` },
        ...zoneFacts(reason),
        ...timeFacts(reason),
        { name: 'If late', value: lates[reason.past].replace('so ', '') },
      ]
    case 'wait.date-field':
      return [
        ...dateFacts(reason),
        ...zoneFacts(reason),
        ...timeFacts(reason),
        { name: 'If late', value: lates[reason.past].replace('so ', '') },
      ]
    case 'wait.no-date':
      return [...dateFacts(reason), ...zoneFacts(reason), { name: 'Came', value: momentWords(reason.arrived, reason.zone) }]
    case 'wait.window':
      return [
        ...Object.entries(reason.hours).map(([day, windows]) => ({
          head: 'Open',
          name: DAYS[Number(day)] ?? day,
          value: windows.map(({ from, to }) => `${from} to ${to}`).join(', '),
        })),
        { head: 'When', name: 'Holidays about then', value: reason.holidays.length === 0 ? 'none' : reason.holidays.join(', ') },
        { head: 'When', name: 'Read', value: reason.calendarZone === null ? 'where they live' : `in ${placeWords(reason.calendarZone)}` },
        ...zoneFacts(reason).map((it) => ({ ...it, head: 'When' })),
        { head: 'When', name: 'Came', value: momentWords(reason.arrived, reason.zone) },
        { head: 'When', name: 'Went on', value: momentWords(reason.now, reason.zone) },
      ]
    case 'wait.event':
      return [
        { name: 'Happened', value: utc(reason.occurredAt) },
        { name: 'Told', value: utc(reason.receivedAt) },
        { name: 'What counts', value: countsWords(reason) },
        { name: 'Came', value: utc(reason.arrived) },
        ...overFacts(reason),
        ...reason.tried.flatMap(({ id, where }) =>
          where.map((it) => ({ head: scope.portName(id), name: propertyWords(it), value: `saw ${sawWords(it)}: ${truthWords(it.truth)}` })),
        ),
      ]
    case 'wait.condition':
      return [
        ...caseFacts(reason.cases, scope),
        { head: 'When', name: 'Came', value: utc(reason.arrived) },
        { head: 'When', name: 'Looked at', value: utc(reason.now) },
        ...overFacts(reason).map((it) => ({ ...it, head: 'When' })),
      ]
    case 'wait.time-out':
      return [
        { name: 'To wait at most', value: amountWords(reason.amount, reason.unit) },
        ...zoneFacts(reason),
        ...timeFacts(reason),
        ...stoodStill(reason.frozenMs),
        ...caseFacts(reason.cases, scope),
      ]
    case 'wait.dropped':
      return [
        { name: 'Was due', value: utc(reason.due) },
        { name: 'Flow stood still from', value: utc(reason.pausedFrom) },
        { name: 'Flow went on', value: utc(reason.pausedTo) },
      ]
  }
}

function dateFacts({ value, offset, time, yearly }: Of<'wait.date-field'> | Of<'wait.no-date'>): Fact[] {
  return [
    { name: 'Date', value: shown(value) },
    { name: 'How far', value: offset.amount === 0 ? 'on the day' : `${amountWords(offset.amount, offset.unit)} ${offset.side}` },
    { name: 'A date without a time', value: `at ${time}` },
    { name: 'Every year', value: shown(yearly) },
  ]
}

function countsWords({ counts, visit, restarted }: Of<'wait.event'>): string {
  if (counts.kind === 'after-arriving' || visit > 1) return 'after arriving'
  if (counts.kind === 'since-entering') return 'since entering'
  return `${counts.days ?? 1} days before arriving${restarted ? ', since they came again' : ''}`
}

const overFacts = ({ overAt, release }: Of<'wait.event' | 'wait.condition'>): Fact[] => [
  ...(overAt === null ? [] : [{ name: release === 'hold' ? 'Held until' : 'At the latest', value: utc(overAt) }]),
]
