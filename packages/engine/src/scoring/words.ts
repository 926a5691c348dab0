import type { Catalog } from '../catalog.ts'
import { conditionSentence, whereWords } from '../condition/sentence.ts'
import { deedWords, missing, plain, strong } from '../condition/words.ts'
import type { SentencePart } from '../sentence.ts'
import type { ScoreRule } from './schema.ts'

/** A rule read aloud, without its points: "Job title contains chief", "they clicked a link but at most 3 times in 30 days". */
export function scoreRuleSentence(rule: ScoreRule, catalog: Catalog): SentencePart[] {
  if (rule.kind === 'attribute') return conditionSentence(rule.when, catalog)
  if (rule.event === '') return [missing('choose what happens')]
  const { atMost } = rule
  const limit = atMost && [
    plain('but at most'),
    strong(times(atMost.count)),
    plain('in'),
    strong(atMost.days === 1 ? '1 day' : `${atMost.days} days`),
  ]
  return [...deedWords(rule.event, rule.where.length > 0), ...whereWords(rule.where), ...(limit ?? [])]
}

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** What people read where a rule has given points: the name it was given, else what it says. */
export const scoreRuleName = (rule: ScoreRule, catalog: Catalog): string =>
  rule.name !== ''
    ? rule.name
    : scoreRuleSentence(rule, catalog)
        .map((it) => it.text)
        .join(' ')
