import type { Placement } from '../../src/schema/placement.ts'
import { all, at, column, conjuncts, list, scalar, text } from './tree.ts'

/** Something that a query level reads from or writes to. */
export interface Item {
  alias: string
  /** The table; null for a sub-select, a common table expression or a function. */
  table: string | null
  /** Its columns that are known to be one scalar (of a sub-select). */
  pins: ReadonlyMap<string, string>
  /** Functions and values: rows that come with the statement. */
  given: boolean
}

/** One SELECT, UPDATE or DELETE of a statement, with what its own conditions say. */
export interface Level {
  items: Item[]
  outer: Level | null
  conditions: unknown[]
  locks: boolean
  /** The first few for each row of what stands before it (LATERAL … LIMIT). */
  cut: boolean
  /** The scalar that a column of an item equals by this level's conditions, directly or along equal columns. */
  pinned(item: Item, name: string): string | undefined
  /** Whether two columns of this level, or one of it and one of an outer level, are equal by its conditions. */
  linked(one: [Item, string], other: [Item, string]): boolean
  resolve(fields: readonly string[]): [Item, string] | undefined
}

type Placements = Readonly<Record<string, Placement>>

/** The column by which rows of a table are spread; undefined for tables that are not. */
export function spreadBy(placements: Placements, table: string | null): string | undefined {
  const place = table === null ? undefined : placements[table]
  if (place?.at === 'hot') return 'bucket'
  return place?.at === 'byValue' ? place.column : undefined
}

const isGiven = (body: unknown) => list(at(body, 'valuesLists')).length > 0
const NONE: ReadonlyMap<string, string> = new Map()

/** Reads the levels of a statement, inner ones first. */
export class Reader {
  readonly levels: Level[] = []
  readonly placements: Placements

  constructor(placements: Placements) {
    this.placements = placements
  }

  /** @returns the outputs of a query that equal a scalar */
  query(node: unknown, outer: Level | null, ctes: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlyMap<string, string> {
    const select = at(node, 'SelectStmt')
    if (select !== undefined) return this.select(select, outer, ctes)
    for (const [kind, from] of [
      ['UpdateStmt', 'fromClause'],
      ['DeleteStmt', 'usingClause'],
    ] as const) {
      const body = at(node, kind)
      if (body === undefined) continue
      const known = this.withs(body, outer, ctes)
      this.level(body, [{ RangeVar: at(body, 'relation') }, ...list(at(body, from))], outer, known)
    }
    const insert = at(node, 'InsertStmt')
    if (insert !== undefined) this.query(at(insert, 'selectStmt'), outer, this.withs(insert, outer, ctes))
    return NONE
  }

  private withs(body: unknown, outer: Level | null, ctes: ReadonlyMap<string, ReadonlyMap<string, string>>) {
    const known = new Map(ctes)
    for (const it of list(at(body, 'withClause', 'ctes'))) {
      const cte = at(it, 'CommonTableExpr')
      known.set(text(at(cte, 'ctename')), this.query(at(cte, 'ctequery'), outer, known))
    }
    return known
  }

  private select(body: unknown, outer: Level | null, ctes: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlyMap<string, string> {
    const known = this.withs(body, outer, ctes)
    if (at(body, 'larg') !== undefined) {
      this.select(at(body, 'larg'), outer, known)
      this.select(at(body, 'rarg'), outer, known)
      return NONE
    }
    const level = this.level(body, list(at(body, 'fromClause')), outer, known)
    const pins = new Map<string, string>()
    for (const it of list(at(body, 'targetList'))) {
      const value = at(it, 'ResTarget', 'val')
      const fields = column(value)
      const name = text(at(it, 'ResTarget', 'name')) || (fields?.at(-1) ?? '')
      const found = fields && level.resolve(fields)
      const pin = found ? level.pinned(...found) : scalar(value)
      if (pin) pins.set(name, pin)
    }
    return pins
  }

  private level(
    body: unknown,
    from: readonly unknown[],
    outer: Level | null,
    ctes: ReadonlyMap<string, ReadonlyMap<string, string>>,
  ): Level {
    const items: Item[] = []
    const conditions = conjuncts(at(body, 'whereClause'))
    const level = makeLevel(items, outer, conditions, list(at(body, 'lockingClause')).length > 0)
    const add = (node: unknown): void => {
      const join = at(node, 'JoinExpr')
      if (join !== undefined) {
        add(at(join, 'larg'))
        add(at(join, 'rarg'))
        conditions.push(...conjuncts(at(join, 'quals')))
        return
      }
      const range = at(node, 'RangeVar')
      if (range !== undefined) {
        const name = text(at(range, 'relname'))
        const pins = ctes.get(name)
        items.push({ alias: text(at(range, 'alias', 'aliasname')) || name, table: pins ? null : name, pins: pins ?? NONE, given: false })
        return
      }
      const sub = at(node, 'RangeSubselect')
      const alias = text(at(sub ?? at(node, 'RangeFunction'), 'alias', 'aliasname'))
      if (sub === undefined) items.push({ alias, table: null, pins: NONE, given: true })
      else {
        const inner = at(sub, 'subquery')
        const lateral = at(sub, 'lateral') === true
        const pins = this.query(inner, lateral ? level : outer, ctes)
        const own = this.levels.at(-1)
        if (own) own.cut = lateral && at(inner, 'SelectStmt', 'limitCount') !== undefined
        items.push({ alias, table: null, pins, given: isGiven(at(inner, 'SelectStmt')) })
      }
    }
    from.forEach(add)
    const asks = ['targetList', 'havingClause', 'sortClause', 'returningClause'].map((part) => at(body, part))
    for (const link of all([asks, conditions], 'SubLink')) this.query(at(link, 'subselect'), level, ctes)
    this.levels.push(level)
    return level
  }
}

function makeLevel(items: Item[], outer: Level | null, conditions: unknown[], locks: boolean): Level {
  const key = ([item, name]: [Item, string]) => `${items.indexOf(item)}/${item.alias}/${name}`
  function resolve(fields: readonly string[]): [Item, string] | undefined {
    const [first = '', second] = fields
    if (second !== undefined) {
      const item = items.find((it) => it.alias === first)
      return item ? [item, second] : outer?.resolve(fields)
    }
    const candidates = items.filter((it) => it.table !== null || it.pins.has(first))
    const item = candidates[0] ?? items[0]
    return item && [item, first]
  }
  function classOf(start: string): Set<string> {
    const found = new Set([start])
    const term = (node: unknown): string | undefined => {
      const value = scalar(node)
      if (value !== null) return `=${value}`
      const fields = column(node)
      const at = fields ? resolve(fields) : undefined
      return at && key(at)
    }
    const pairs = conditions.flatMap((it): [string, string][] => {
      const expr = at(it, 'A_Expr')
      if (at(expr, 'kind') !== 'AEXPR_OP' || text(at(list(at(expr, 'name'))[0], 'String', 'sval')) !== '=') return []
      const [left, right] = [term(at(expr, 'lexpr')), term(at(expr, 'rexpr'))]
      return left === undefined || right === undefined ? [] : [[left, right]]
    })
    for (const item of items) for (const [name, pin] of item.pins) pairs.push([key([item, name]), `=${pin}`])
    for (let size = 0; size < found.size; ) {
      size = found.size
      for (const [a, b] of pairs) {
        // Two columns that equal one scalar are compared by `linked`: a class holds columns and at most what pins them.
        if (found.has(a) && !a.startsWith('=')) found.add(b)
        if (found.has(b) && !b.startsWith('=')) found.add(a)
      }
    }
    return found
  }
  return {
    items,
    outer,
    conditions,
    locks,
    cut: false,
    resolve,
    pinned: (item, name) => [...classOf(key([item, name]))].find((it) => it.startsWith('='))?.slice(1),
    linked: (one, other) => {
      const mine = classOf(key(one))
      if (mine.has(key(other))) return true
      const pin = [...mine].find((it) => it.startsWith('='))
      return pin !== undefined && classOf(key(other)).has(pin)
    },
  }
}
