export {
  type AgreementContent,
  agreementContent,
  agreementHash,
  agreementProblems,
  criteriaOf,
  criterionCondition,
  daysUntil,
  EMPTY_AGREEMENT,
  type LeadReturn,
  lateFields,
  leadReturn,
  qualifiesOf,
  RETURNS,
  type ReturnedBy,
  type ScoreOnReturn,
  type Threshold,
} from './content.ts'
export { type AgreementChange, agreementChanges, agreementSentence, returnWords, thresholdWords } from './words.ts'
