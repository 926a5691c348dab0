import { all, at, column, list, names, readsColumns, scalar, text } from './tree.ts'

/**
 * Functions that depend on their arguments alone, and that statements of ours may use where a distributed database wants it proven. A
 * function is added here after a look at `provolatile` in `pg_proc` on the oldest PostgreSQL that we run on.
 */
const IMMUTABLE = new Set([
  ...['abs', 'cardinality', 'concat_op', 'floor', 'jsonb_array_length', 'jsonb_set', 'left', 'length', 'lower', 'md5', 'mod', 'nullif'],
  ...['position', 'right', 'split_part', 'starts_with', 'strpos', 'substr', 'substring', 'trim', 'btrim', 'upper'],
])
const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '&', '|', '||', '->', '->>'])
const TIMES = new Set(['interval', 'timestamp', 'timestamptz', 'date', 'time', 'timetz'])

const nameOf = (call: unknown): string => names(at(call, 'funcname')).at(-1) ?? ''

/** Calls below an expression that are not proven to be immutable. */
export const doubtful = (node: unknown): string[] =>
  [
    ...all(node, 'FuncCall').filter((call) => !IMMUTABLE.has(nameOf(call))),
    ...all(node, 'SQLValueFunction').map(() => ({ funcname: [{ String: { sval: 'current time' } }] })),
  ].map(nameOf)

/** A stable function or a sum of times over columns: what an UPDATE or DELETE of many machines refuses in its conditions. */
export function unsteady(node: unknown): string | undefined {
  const call = all(node, 'FuncCall').find((it) => !IMMUTABLE.has(nameOf(it)) && readsColumns(at(it, 'args')))
  if (call) return `${nameOf(call)}() of a column`
  for (const sum of all(node, 'A_Expr')) {
    if (readsColumns(sum) && isSum(sum) && [...all(sum, 'TypeCast')].some(isTime)) return 'a sum of times over a column'
  }
  return undefined
}

const isSum = (node: unknown) => ['+', '-'].includes(names(at(node, 'name'))[0] ?? '')
const isTime = (cast: unknown): boolean => TIMES.has(names(at(cast, 'typeName', 'names')).at(-1) ?? '')

/** What is not on the white list of an UPDATE's SET (SCALE, rule 6); undefined where all of it is. */
export function forbidden(node: unknown): string | undefined {
  const cast = at(node, 'TypeCast')
  if (cast !== undefined) return isTime(cast) ? 'a time that the database works with' : forbidden(at(cast, 'arg'))
  if (scalar(node) !== null || column(node) !== null) return undefined
  const expr = at(node, 'A_Expr')
  if (expr !== undefined) {
    const name = names(at(expr, 'name'))[0] ?? ''
    if (at(expr, 'kind') === 'AEXPR_NULLIF') return firstOf([at(expr, 'lexpr'), at(expr, 'rexpr')])
    if (at(expr, 'kind') !== 'AEXPR_OP' || !ARITHMETIC.has(name)) return `the operator ${name}`
    // Between text and a number this is a function that only holds within a transaction.
    const sides = [at(expr, 'lexpr'), at(expr, 'rexpr')]
    if (
      name === '||' &&
      sides.some((it) => at(it, 'A_Const', 'sval') !== undefined) &&
      sides.some((it) => at(it, 'ColumnRef') !== undefined)
    )
      return 'text joined with a column that is not cast to text'
    return firstOf(sides)
  }
  const choice = at(node, 'CaseExpr')
  if (choice !== undefined) {
    // Written out for the machines as if each value were a condition.
    if (at(choice, 'arg') !== undefined) return 'CASE x WHEN …, which Citus writes out wrongly: write CASE WHEN x = …;'
    const doubt = doubtful(choice)[0]
    if (doubt !== undefined) return `${doubt}() in a CASE`
    return firstOf([...list(at(choice, 'args')).map((it) => at(it, 'CaseWhen', 'result')), at(choice, 'defresult')])
  }
  for (const kind of ['CoalesceExpr', 'MinMaxExpr', 'A_ArrayExpr']) {
    const args = at(node, kind, kind === 'A_ArrayExpr' ? 'elements' : 'args')
    if (args !== undefined) return firstOf(list(args))
  }
  const call = at(node, 'FuncCall')
  if (call === undefined) return node === undefined ? undefined : 'an expression that is not on the white list'
  return IMMUTABLE.has(nameOf(call)) ? firstOf(list(at(call, 'args'))) : `${nameOf(call)}()`
}

const firstOf = (nodes: readonly unknown[]): string | undefined => {
  for (const node of nodes) {
    const found = node === undefined ? undefined : forbidden(node)
    if (found !== undefined) return found
  }
  return undefined
}

/** Columns of an assignment list with what they are set to. */
export const assignments = (targets: unknown): { name: string; value: unknown }[] =>
  list(targets).map((it) => ({ name: text(at(it, 'ResTarget', 'name')), value: at(it, 'ResTarget', 'val') }))
