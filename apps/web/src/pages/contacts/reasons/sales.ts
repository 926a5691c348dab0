import type { SentencePart } from '@baton/engine'
import { pointsWords, type Reason } from '../people.ts'
import { because, type Fact, nameIn, plain, type ReasonScope, ruleWords, sawWords, shown, strong, truthWords, utc } from './parts.ts'

type SalesReason = Extract<Reason, { code: `handoff.${string}` }>
type Back = NonNullable<Extract<SalesReason, { code: 'handoff.lost' }>['back']>

export const isSales = (reason: Reason): reason is SalesReason => reason.code.startsWith('handoff.')

const tries = (n: number) => `${n} ${n === 1 ? 'try' : 'tries'}`
const money = (amount: number | null) => (amount === null ? '' : ` (${amount.toLocaleString('en')})`)

/** What sales said, or why it was not asked, as one sentence. */
export function salesWords(reason: SalesReason, scope: ReasonScope): readonly SentencePart[] {
  if (reason.code === 'handoff.not-qualified') {
    const name = nameIn(scope.catalog.agreements, reason.agreement.id, 'an agreement that is gone')
    const seen = because({ id: '', truth: false, rules: reason.rules }, scope.catalog)
    return [plain('Does not meet '), strong(name), plain(seen === '' ? '' : `: ${seen}`)]
  }
  return [...answerWords(reason), ...(reason.joined ? [plain(', with an earlier hand-off')] : [])]
}

function answerWords(reason: Exclude<SalesReason, { code: 'handoff.not-qualified' }>): readonly SentencePart[] {
  switch (reason.code) {
    case 'handoff.accepted':
      return [plain('Accepted by '), strong(reason.by)]
    case 'handoff.rejected': {
      const note = reason.note === null ? '' : `. “${reason.note}”`
      return [plain(`${reason.disqualified ? 'Disqualified' : 'Rejected'} by ${reason.by}: `), strong(reason.why), plain(note)]
    }
    case 'handoff.overflow':
      return [plain('Nobody of the team could take it')]
    case 'handoff.no-response': {
      const { code, by, note } = reason.reason
      if (code !== 'manager') return [plain('Nobody of sales answered, after '), strong(tries(reason.attempts))]
      return [
        ...[plain('Taken back to marketing by '), strong(typeof by === 'string' ? by : 'a manager')],
        plain(typeof note === 'string' ? `. “${note}”` : ''),
      ]
    }
    case 'handoff.voicemail':
      return [plain(`${reason.by} left a voicemail: `), strong(`${tries(reason.attempt)} of ${reason.of}`)]
    case 'handoff.converted':
      return [plain('Won by '), strong(reason.by), plain(money(reason.amount))]
    case 'handoff.lost':
      return [plain(`Lost by ${reason.by}: `), strong(reason.why), plain(reason.note === null ? '' : `. “${reason.note}”`)]
  }
}

/** All that is known of an answer of sales. */
export function salesFacts(reason: SalesReason, scope: ReasonScope): Fact[] {
  return [...ownFacts(reason, scope), ...wayFacts(reason)]
}

function ownFacts(reason: SalesReason, { catalog }: ReasonScope): Fact[] {
  switch (reason.code) {
    case 'handoff.accepted':
      return [{ name: 'Answered', value: utc(reason.at) }]
    case 'handoff.rejected':
      return [
        { name: 'Answered', value: utc(reason.at) },
        { name: 'Reason', value: reason.why },
        { name: 'Note', value: reason.note ?? 'none' },
        ...(reason.way ? [{ name: 'Reasons that lead this way', value: reason.way.reasons.join(', ') }] : []),
        ...backFacts(reason.back),
      ]
    case 'handoff.overflow':
      return Object.entries(reason.reason).map(([name, value]) => ({ name, value: shown(value) }))
    case 'handoff.no-response':
      return [
        { name: 'Given up', value: utc(reason.at) },
        { name: 'Tries', value: String(reason.attempts) },
        ...Object.entries(reason.reason).map(([name, value]) => ({ name, value: shown(value) })),
        ...backFacts(reason.back),
      ]
    case 'handoff.voicemail':
      return [
        { name: 'Tried', value: utc(reason.at) },
        { name: 'Try', value: `${reason.attempt} of ${reason.of}` },
      ]
    case 'handoff.converted':
      return [
        { name: 'Won', value: utc(reason.at) },
        { name: 'Amount', value: shown(reason.amount) },
      ]
    case 'handoff.lost':
      return [
        { name: 'Lost', value: utc(reason.at) },
        { name: 'Reason', value: reason.why },
        { name: 'Note', value: reason.note ?? 'none' },
        ...backFacts(reason.back),
      ]
    case 'handoff.not-qualified':
      return [
        { name: 'Version of the agreement', value: String(reason.agreement.version) },
        ...reason.rules.map((it) => ({ name: ruleWords(it, catalog), value: `saw ${sawWords(it)}: ${truthWords(it.truth)}` })),
        { name: 'Looked at', value: utc(reason.now) },
      ]
  }
}

/** What comes back with a lead, as was agreed. */
function backFacts({ coolOffDays, scores }: Back = {}): Fact[] {
  const score = scores === 'reset' ? 'reset' : typeof scores === 'object' ? `at most ${pointsWords(scores.cap)}` : undefined
  return [
    ...(coolOffDays === undefined ? [] : [{ name: 'No new hand-off for', value: `${coolOffDays} ${coolOffDays === 1 ? 'day' : 'days'}` }]),
    ...(score === undefined ? [] : [{ name: 'Score', value: score }]),
  ]
}

const wayFacts = (reason: SalesReason): Fact[] => [
  ...('joined' in reason && reason.joined ? [{ name: 'Joined', value: 'an earlier hand-off that was open' }] : []),
  ...(reason.restedUntil === undefined
    ? []
    : [{ name: 'Waited before, since sales had given them back', value: `until ${utc(reason.restedUntil)}` }]),
]
