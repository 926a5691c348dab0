export { dateOf, dayAt, dayNumber, dayStart, isDate, isInstant, realDate } from './calendar.ts'
export { compileCondition } from './compile.ts'
export type { CompiledCondition, ConditionScope, Reads, Verdict } from './compiled.ts'
export { negate } from './kleene.ts'
export {
  OPERATORS,
  type OperatorChoice,
  OWNER_SIDES,
  operatorsFor,
  PROPERTY_OPERATORS,
  STAGES,
  type ValueShape,
  type ValueType,
  valueTypeOf,
  WEEKDAYS,
} from './operators.ts'
export { dimensionRules, foldFields, foldProps, scoreOf, weekdayOf } from './read.ts'
export { type ConditionIssue, type ConditionPlace, resolveCondition } from './resolve.ts'
export {
  isResolvedGroup,
  type NumberOp,
  type PropertyTest,
  type ResolvedGroup,
  type ResolvedProperty,
  type ResolvedRule,
  type ResolvedSubject,
  type TagsOp,
  type Test,
  type TextOp,
  type WindowTest,
} from './resolved.ts'
export {
  type Condition,
  condition,
  type EventMeasure,
  type EventWindow,
  eventWindow,
  isGroup,
  MAX_DEPTH,
  type Operator,
  operator,
  type PropertyRule,
  propertyRule,
  type Rule,
  type RuleValue,
  rule,
  ruleValue,
  type Subject,
  subject,
} from './schema.ts'
export { conditionSentence, RELATED, whereWords } from './sentence.ts'
export { MAX_AMOUNT, windowBounds, windowMs } from './test.ts'
export { recomputeRule, recomputeTruth, type Saw, saw } from './trace.ts'
export { type CompiledWhere, compileWhere } from './where.ts'
