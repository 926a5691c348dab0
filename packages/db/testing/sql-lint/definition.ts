import type { Placement } from '../../src/schema/placement.ts'
import { spreadBy } from './level.ts'
import { all, at, list, names, text } from './tree.ts'

const SERIAL = new Set(['serial', 'bigserial', 'smallserial'])

/** What is wrong with a change of tables on a database spread over machines (SCALE, rule 1 and the matrix). */
export function definition(stmt: unknown, placements: Readonly<Record<string, Placement>>): string[] {
  const found: string[] = []
  const relation = (kind: string) => text(at(stmt, kind, 'relation', 'relname'))
  if (at(stmt, 'CreateTrigStmt') !== undefined) found.push('a trigger: write the row in the same transaction')
  for (const kind of ['ListenStmt', 'NotifyStmt']) {
    if (at(stmt, kind) !== undefined) found.push('LISTEN and NOTIFY reach one machine: look by a timer')
  }
  const index = at(stmt, 'IndexStmt')
  const by = spreadBy(placements, relation('IndexStmt'))
  if (at(index, 'unique') === true && by !== undefined) {
    const columns = list(at(index, 'indexParams')).map((it) => text(at(it, 'IndexElem', 'name')))
    if (!columns.includes(by)) found.push(`a unique index without ${by}`)
  }
  const table = relation('AlterTableStmt')
  const spread = spreadBy(placements, table)
  if (spread === undefined) return found
  const commands = list(at(stmt, 'AlterTableStmt', 'cmds')).map((it) => at(it, 'AlterTableCmd'))
  if (commands.length > 1 && commands.some((it) => at(it, 'subtype') === 'AT_AddConstraint'))
    found.push('ADD CONSTRAINT beside another change: one change a statement')
  for (const command of commands) {
    if (at(command, 'subtype') === 'AT_AlterColumnType' && at(command, 'name') === spread)
      found.push(`${table}.${spread} keeps its type for life`)
    const column = at(command, 'def', 'ColumnDef')
    if (at(command, 'subtype') !== 'AT_AddColumn') continue
    const identity = all(column, 'Constraint').some((it) => at(it, 'contype') === 'CONSTR_IDENTITY')
    if (identity || SERIAL.has(names(at(column, 'typeName', 'names')).at(-1) ?? ''))
      found.push(`an identity added to ${table}: only at its birth, or made by the application`)
  }
  for (const it of all(stmt, 'Constraint')) {
    const unique = ['CONSTR_UNIQUE', 'CONSTR_PRIMARY'].includes(text(at(it, 'contype')))
    if (unique && !names(at(it, 'keys')).includes(spread)) found.push(`a unique constraint without ${spread}`)
    if (at(it, 'contype') !== 'CONSTR_FOREIGN') continue
    const to = placements[text(at(it, 'pktable', 'relname'))]
    const carried = names(at(it, 'fk_attrs')).includes(spread) && names(at(it, 'pk_attrs')).includes(spread)
    if (to?.at !== 'reference' && !(to?.at === 'hot' && placements[table]?.at === 'hot' && carried))
      found.push(`a foreign key from ${table} to what lies elsewhere, or without ${spread}`)
  }
  return found
}
