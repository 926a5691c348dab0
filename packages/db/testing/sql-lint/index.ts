import { loadModule, parseSync } from 'libpg-query'
import type { Placement } from '../../src/schema/placement.ts'
import { definition } from './definition.ts'
import { type Item, type Level, Reader, spreadBy } from './level.ts'
import { all, at, column, list, names, scalar, text } from './tree.ts'
import { assignments, doubtful, forbidden, unsteady } from './values.ts'

await loadModule()

/** What is wrong with a statement on a database spread over machines. */
export interface Verdict {
  /** It is refused there, or does something else. */
  refused: string[]
  /** It runs, but asks more than one bucket, or passes through the coordinator: not for the hot path. */
  wide: string[]
}

type Placements = Readonly<Record<string, Placement>>

/** Judges one statement by its syntax tree, without a database (SCALE, rules 1 to 7 and the matrix). */
export function lintSql(sql: string, placements: Placements): Verdict {
  const refused: string[] = []
  const wide: string[] = []
  for (const { stmt } of parseSync(sql).stmts ?? []) {
    const reader = new Reader(placements)
    reader.query(stmt, null, new Map())
    for (const level of reader.levels) judgeLevel(level, placements, refused, wide)
    judgeWrites(stmt, placements, reader, refused, wide)
    refused.push(...definition(stmt, placements))
    for (const name of all(stmt, 'FuncCall', true).map((it) => names(at(it, 'funcname')).at(-1) ?? '')) {
      if (/^pg_(try_)?advisory/.test(name)) refused.push(`${name}(): a lock of one machine is none; use a lease row`)
    }
    if (
      list(at(stmt, 'SelectStmt', 'groupClause')).some((it) => at(it, 'GroupingSet') !== undefined) &&
      spreadItems(reader, placements).length > 0
    )
      refused.push('GROUPING SETS, CUBE and ROLLUP: write a UNION ALL of GROUP BYs')
    if (new Set(pinsOf(reader, placements)).size > 1) wide.push('several buckets: one statement names one')
  }
  return { refused: [...new Set(refused)], wide: [...new Set(wide)] }
}

const spreadItems = (reader: Reader, placements: Placements) =>
  reader.levels.flatMap((level) => level.items.flatMap((item) => (spreadBy(placements, item.table) ? [{ level, item }] : [])))

const pinsOf = (reader: Reader, placements: Placements): string[] =>
  spreadItems(reader, placements).flatMap(({ level, item }) => (isHot(placements, item) ? (level.pinned(item, 'bucket') ?? []) : []))

/** Tables whose equal values lie on one machine have one name here. */
function groupOf(placements: Placements, { table }: Item): string {
  const place = placements[table ?? '']
  if (place?.at === 'hot') return 'bucket'
  return (place?.at === 'byValue' ? place.beside : undefined) ?? table ?? ''
}

const isHot = (placements: Placements, item: Item): boolean => item.table !== null && placements[item.table]?.at === 'hot'

function judgeLevel(level: Level, placements: Placements, refused: string[], wide: string[]): void {
  const spread = level.items.flatMap((item) => {
    const by = spreadBy(placements, item.table)
    return by === undefined ? [] : [{ item, by }]
  })
  for (const { item, by } of spread) {
    if (level.pinned(item, by) !== undefined) continue
    wide.push(`${item.table}.${by} is not pinned to one parameter on its own level`)
    if (level.cut) refused.push(`LATERAL … LIMIT over ${item.table} without ${by} = one parameter: ask for all of them at once`)
    if (level.locks) refused.push(`FOR UPDATE over ${item.table} without ${by} = one parameter: lock one bucket after the other`)
  }
  const [first, ...others] = spread
  if (!first) return
  for (const other of others) {
    if (groupOf(placements, first.item) !== groupOf(placements, other.item))
      refused.push(`${first.item.table} joins ${other.item.table}, which lies elsewhere: look up one after the other`)
    else if (!level.linked([first.item, first.by], [other.item, other.by])) {
      refused.push(`${first.item.table} joins ${other.item.table} without equal ${first.by}: the join would move rows between machines`)
    }
  }
  judgeCorrelation(level, first, placements, refused)
}

/** A sub-select that speaks of an outer spread table has to lie with it. */
function judgeCorrelation(level: Level, inner: { item: Item; by: string }, placements: Placements, refused: string[]): void {
  for (let outer = level.outer; outer; outer = outer.outer) {
    for (const item of outer.items) {
      const by = spreadBy(placements, item.table)
      if (by === undefined || !speaksOf(level, item)) continue
      const lieTogether = isHot(placements, item) === isHot(placements, inner.item)
      if (!lieTogether)
        refused.push(`a sub-select over ${inner.item.table} speaks of ${item.table}, which lies elsewhere: look up one after the other`)
      else if (!level.linked([inner.item, inner.by], [item, by]) && level.pinned(inner.item, inner.by) === undefined) {
        refused.push(`a sub-select over ${inner.item.table} speaks of ${item.table} without equal ${by}`)
      }
    }
  }
}

const speaksOf = (level: Level, item: Item): boolean =>
  all(level.conditions, 'ColumnRef').some((it) => level.resolve(column({ ColumnRef: it }) ?? [])?.[0] === item)

const tableOf = (body: unknown): string => text(at(body, 'relation', 'relname'))

function judgeWrites(stmt: unknown, placements: Placements, reader: Reader, refused: string[], wide: string[]): void {
  const inner = all(stmt, 'CommonTableExpr', true).filter((it) => at(it, 'ctequery', 'SelectStmt') === undefined)
  for (const it of inner) {
    if (placements[tableOf(Object.values(at(it, 'ctequery') ?? {})[0])]?.at === 'local') continue
    wide.push(`${text(at(it, 'ctename'))} writes within a WITH: it passes through the coordinator`)
  }
  for (const kind of ['UpdateStmt', 'DeleteStmt', 'InsertStmt']) {
    for (const body of [...[at(stmt, kind)].filter((it) => it !== undefined), ...inner.flatMap((it) => at(it, 'ctequery', kind) ?? [])]) {
      const table = tableOf(body)
      const place = placements[table]
      if (!place || place.at === 'local') continue
      const conflict = at(body, 'onConflictClause')
      const targets = kind === 'UpdateStmt' ? at(body, 'targetList') : at(conflict, 'targetList')
      for (const { name, value } of assignments(targets)) {
        if (name === spreadBy(placements, table)) refused.push(`${table}.${name} is for life: it says where the row lies`)
        const why = forbidden(value)
        if (why !== undefined) refused.push(`${table}.${name} is set by ${why}: work it out in the application and pass it`)
      }
      if (kind !== 'InsertStmt') {
        const why = unsteady(at(body, 'whereClause'))
        if (why !== undefined) refused.push(`the conditions of a change of ${table} hold ${why}`)
      }
      const told = doubtful(list(at(body, 'returningClause', 'exprs') ?? at(body, 'returningList')))[0]
      if (told !== undefined) refused.push(`RETURNING holds ${told}(): return columns`)
      if (kind === 'InsertStmt') judgeInsert(body, placements, reader, wide)
    }
  }
}

/** Where the rows of an INSERT come from: one row of values, or a spread table pinned to the bucket that is written. */
function judgeInsert(body: unknown, placements: Placements, reader: Reader, wide: string[]): void {
  const table = tableOf(body)
  const by = spreadBy(placements, table)
  if (by === undefined) return
  const place = list(at(body, 'cols')).findIndex((it) => at(it, 'ResTarget', 'name') === by)
  const source = at(body, 'selectStmt', 'SelectStmt')
  const rows = list(at(source, 'valuesLists'))
  if (rows.length > 0) {
    if (rows.length > 1 || scalar(list(at(rows[0], 'List', 'items'))[place]) === null)
      wide.push(`several rows of VALUES for ${table}: they may lie anywhere`)
    return
  }
  const pinned = spreadItems(reader, placements).some(
    ({ level, item }) => isHot(placements, item) && level.pinned(item, 'bucket') !== undefined,
  )
  if (place < 0 || !pinned || by !== 'bucket')
    wide.push(`the rows for ${table} come from no bucket of its own: join the bucket's lease row`)
}
