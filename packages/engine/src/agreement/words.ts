import type { Catalog } from '../catalog.ts'
import { type Condition, isGroup } from '../condition/schema.ts'
import { conditionSentence } from '../condition/sentence.ts'
import { daysWords, missing, plain, strong, valueWords } from '../condition/words.ts'
import type { SentencePart } from '../sentence.ts'
import {
  type AgreementContent,
  criterionCondition,
  type LeadReturn,
  qualifiesOf,
  type ReturnedBy,
  type Threshold,
  thresholdRule,
} from './content.ts'

/** "A lead qualifies when Country is one of …, and Fit score is at least 60". */
export function agreementSentence(content: AgreementContent, catalog: Catalog): SentencePart[] {
  const qualifies = qualifiesOf(content)
  return qualifies.rules.length === 0
    ? [plain('A lead qualifies when'), missing('add a criterion')]
    : [plain('A lead qualifies when'), ...conditionSentence(qualifies, catalog)]
}

/** "Fit score is at least 60". */
export const thresholdWords = (it: Threshold, catalog: Catalog): SentencePart[] =>
  conditionSentence({ combinator: 'and', rules: [thresholdRule(it)] }, catalog)

const BACK: Readonly<Record<ReturnedBy, string>> = {
  rejected: 'When sales rejects a lead, it rests',
  lost: 'When a deal is lost, the person rests',
  noResponse: 'When nobody answers, the lead rests',
}

/** "When sales rejects a lead, it rests 90 days and keeps its score". */
export function returnWords(by: ReturnedBy, { coolOffDays, scores }: LeadReturn): SentencePart[] {
  const rest = coolOffDays === 0 ? [strong('no time at all')] : [strong(daysWords(coolOffDays))]
  const score =
    scores === 'keep'
      ? [plain('and'), strong('keeps its score')]
      : scores === 'reset'
        ? [plain('and its score'), strong('begins at 0')]
        : [plain('and each of its scores is'), strong(`at most ${scores.cap / 100}`)]
  return [plain(BACK[by]), ...rest, ...score]
}

/** One thing that differs between two versions, in words. */
export interface AgreementChange {
  about: 'Who they are' | 'What they did' | 'Threshold' | 'When it comes back' | 'In words' | 'Review'
  /** Null: it is new. */
  before: SentencePart[] | null
  /** Null: it is gone. */
  after: SentencePart[] | null
}

/** Each rule of a group with what it says; a group that is not a plain "and" is one rule. */
function said(group: Condition, catalog: Catalog): Map<string, { about: string; words: SentencePart[] }> {
  const rules = group.rules.length === 0 ? [] : group.combinator === 'and' && group.not !== true ? group.rules : [group]
  return new Map(
    rules.map((it) => [
      JSON.stringify(it),
      { about: isGroup(it) ? 'group' : JSON.stringify(it.subject), words: conditionSentence(criterionCondition(it), catalog) },
    ]),
  )
}

/** Rules that are only in one of two groups; two about the same subject are one change. */
function ruleChanges(about: AgreementChange['about'], before: Condition, after: Condition, catalog: Catalog): AgreementChange[] {
  const [was, is] = [said(before, catalog), said(after, catalog)]
  const gone = [...was].filter(([key]) => !is.has(key)).map(([, it]) => it)
  const fresh = [...is].filter(([key]) => !was.has(key)).map(([, it]) => it)
  const changes: AgreementChange[] = []
  for (const it of gone) {
    const at = fresh.findIndex((one) => one.about === it.about)
    const [other] = at < 0 ? [] : fresh.splice(at, 1)
    changes.push({ about, before: it.words, after: other?.words ?? null })
  }
  return [...changes, ...fresh.map((it) => ({ about, before: null, after: it.words }))]
}

const dateWords = (date: string | null): SentencePart[] | null => (date === null ? null : [strong(valueWords(date))])
const textPart = (text: string): SentencePart[] | null => (text === '' ? null : [strong(text)])

/** What differs between two versions of an agreement, in the order in which it is read; empty: nothing. Rule AG-4. */
export function agreementChanges(before: AgreementContent, after: AgreementContent, catalog: Catalog): AgreementChange[] {
  const dimensions = [...new Set([...before.thresholds, ...after.thresholds].map((it) => it.dimension))]
  const thresholds = dimensions.flatMap((dimension): AgreementChange[] => {
    const [was, is] = [before, after].map((one) => one.thresholds.find((it) => it.dimension === dimension))
    if (was?.atLeast === is?.atLeast) return []
    return [{ about: 'Threshold', before: was ? thresholdWords(was, catalog) : null, after: is ? thresholdWords(is, catalog) : null }]
  })
  const returns = (['rejected', 'lost', 'noResponse'] as const).flatMap((by): AgreementChange[] => {
    const [was, is] = [before.returns[by], after.returns[by]]
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    return [{ about: 'When it comes back', before: returnWords(by, was), after: returnWords(by, is) }]
  })
  const review: AgreementChange[] =
    before.reviewOn === after.reviewOn ? [] : [{ about: 'Review', before: dateWords(before.reviewOn), after: dateWords(after.reviewOn) }]
  const note: AgreementChange[] =
    before.note === after.note ? [] : [{ about: 'In words', before: textPart(before.note), after: textPart(after.note) }]
  return [
    ...ruleChanges('Who they are', before.fit, after.fit, catalog),
    ...ruleChanges('What they did', before.engagement, after.engagement, catalog),
    ...thresholds,
    ...returns,
    ...note,
    ...review,
  ]
}
