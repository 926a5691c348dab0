/** A node of PostgreSQL's syntax tree as the parser gives it: JSON, each node wrapped in an object with its kind as the only key. */
export type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What lies at a path of keys; undefined where nothing does. */
export function at(node: unknown, ...path: readonly string[]): unknown {
  let found = node
  for (const key of path) {
    if (!isTree(found)) return undefined
    found = found[key]
  }
  return found
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
/** The words of a list of strings, e.g. the parts of a name. */
export const names = (value: unknown): string[] => list(value).map((it) => text(at(it, 'String', 'sval')))

/** Visits a node and all below it by kind; what `visit` refuses (false) is not entered. */
export function walk(node: unknown, visit: (kind: string, body: unknown) => boolean): void {
  if (Array.isArray(node)) for (const part of node) walk(part, visit)
  else if (isTree(node)) for (const [kind, body] of Object.entries(node)) if (visit(kind, body)) walk(body, visit)
}

/** Every body of a kind below a node; not inside sub-selects unless asked. */
export function all(node: unknown, kind: string, inside = false): unknown[] {
  const found: unknown[] = []
  walk(node, (name, body) => {
    if (name === kind) found.push(body)
    return inside || name === kind || name !== 'SubLink'
  })
  return found
}

/** The operands of a chain of ANDs. */
export function conjuncts(node: unknown): unknown[] {
  if (node === undefined) return []
  const bool = at(node, 'BoolExpr')
  return at(bool, 'boolop') === 'AND_EXPR' ? list(at(bool, 'args')).flatMap(conjuncts) : [node]
}

const bare = (node: unknown): unknown => {
  const inner = at(node, 'TypeCast', 'arg')
  return inner === undefined ? node : bare(inner)
}

/** A parameter or a constant, whatever it is cast to, by a name that is equal for equal ones; null for anything else. */
export function scalar(node: unknown): string | null {
  const inner = bare(node)
  const parameter = at(inner, 'ParamRef', 'number')
  if (parameter !== undefined) return `$${String(parameter)}`
  const constant = at(inner, 'A_Const')
  return constant === undefined ? null : JSON.stringify({ ...(isTree(constant) ? constant : {}), location: undefined })
}

/** A column, as [table, name] or [name]; null for anything else. */
export function column(node: unknown): string[] | null {
  const fields = at(bare(node), 'ColumnRef', 'fields')
  return fields === undefined ? null : names(fields)
}

/** Whether an expression names a column of any table. */
export const readsColumns = (node: unknown): boolean => all(node, 'ColumnRef', true).length > 0
