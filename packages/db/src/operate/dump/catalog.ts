import type { Tap } from './tap.ts'

export interface TableShape {
  name: string
  columns: string[]
}

/** Where a counter stands: `called` is whether `value` was given already. */
export interface SequenceState {
  name: string
  value: string
  called: boolean
}

interface Row extends TableShape {
  needs: string[]
}

/** The tables of Baton as this database has them, each behind those that its foreign keys name. */
export async function tablesOf(tap: Tap): Promise<TableShape[]> {
  const rows = await tap.query<Row>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         order by a.attnum) as columns,
       array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`,
  )
  const placed = new Map<string, TableShape>()
  const place = (row: Row, above: readonly string[]): void => {
    if (placed.has(row.name) || above.includes(row.name)) return
    for (const other of rows) if (row.needs.includes(other.name)) place(other, [...above, row.name])
    placed.set(row.name, { name: row.name, columns: row.columns })
  }
  for (const row of rows) place(row, [])
  return [...placed.values()]
}

/** Every counter of the database. Read it behind the tables: no number that stands in one of them is given again. */
export async function sequencesOf(tap: Tap): Promise<SequenceState[]> {
  const names = await tap.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'S' order by 1`,
  )
  const found: SequenceState[] = []
  for (const { name } of names) {
    const [row] = await tap.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from "${name.replaceAll('"', '""')}"`,
    )
    if (row) found.push({ name, ...row })
  }
  return found
}

const MONTH = /^event_(\d{4})_(\d{2})$/

/** The months for which `event` has a part of its own, as instants at their beginning. */
export async function eventMonths(tap: Tap): Promise<number[]> {
  const rows = await tap.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass('public.event') order by 1`,
  )
  return rows.flatMap(({ name }) => {
    const [, year, month] = MONTH.exec(name) ?? []
    return year === undefined || month === undefined ? [] : [Date.UTC(Number(year), Number(month) - 1)]
  })
}
