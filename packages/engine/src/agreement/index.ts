export {
  type AgreementContent,
  agreementContent,
  agreementHash,
  criteriaOf,
  criterionCondition,
  daysUntil,
  EMPTY_AGREEMENT,
  type LeadReturn,
  leadReturn,
  qualifiesOf,
  RETURNS,
  type ReturnedBy,
  type ScoreOnReturn,
  type Threshold,
} from './content.ts'
export { agreementProblems, lateFields } from './fits.ts'
export { type AgreementChange, agreementChanges, agreementSentence, returnWords, thresholdWords } from './words.ts'
