/** The verdict of one rule with the operands and values it saw: enough to decide again (SEMANTICS 1.6). */
export interface RuleTrace {
  /** The rule as stored. */
  rule: unknown
  /** What the contact had; null is missing. */
  saw: unknown
  truth: boolean | null
  /** The groups it stands in with its place in each (`and/1/or!/0`), so that traces alone give the whole verdict. */
  path?: string | undefined
}
