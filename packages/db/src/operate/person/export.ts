import type { Handle, Sql } from '../../open/handle.ts'
import { mentions, namesOf, patternsOf, stillNamed } from './erase.ts'
import { type Holding, holdings } from './holdings.ts'

type Row = Record<string, unknown>

/** Columns that say nothing to anybody outside of this installation. */
const INNER = new Set(['bucket', 'contact_id', 'rev', 'claimed_by', 'claimed_until', 'folded', 'known_state', 'known_rep', 'job_id'])
const INSTANT = /^(at|since|due)$|_(at|since|until)$/

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** A row for a reader: times as ISO text, no inner columns, nothing that is empty by design. */
const shown = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      if (INNER.has(name) || value === null) return []
      return [[camel(name), INSTANT.test(name) && typeof value === 'number' ? new Date(value).toISOString() : value]]
    }),
  )

async function rowsOf(
  tx: Sql,
  table: string,
  holding: Exclude<Holding, { by: 'none' }>,
  id: number,
  names: readonly string[],
): Promise<Row[]> {
  const at = [id % 1024, id]
  switch (holding.by) {
    case 'id':
      return tx.query(`select * from "${table}" where bucket = $1::smallint and id = $2`, at)
    case 'contact':
      return ['identity', 'notification', 'test_mail'].includes(table)
        ? tx.query(`select * from "${table}" t where contact_id = $1 order by t::text`, [id])
        : tx.query(`select * from "${table}" t where bucket = $1::smallint and contact_id = $2 order by t::text`, at)
    case 'row':
      return tx.query(
        `select t.* from "${table}" t join ${holding.of} o on o.bucket = t.bucket and o.id = t.${holding.column}
         where o.bucket = $1::smallint and o.contact_id = $2 order by 1, 2, 3`,
        at,
      )
    case 'value': {
      const named = holding.columns.map((column) => mentions(column, 1)).join(' or ')
      const params = [patternsOf(names)]
      return table === 'audit'
        ? tx.query(`select * from audit where ${named} or (subject_kind = 'contact' and subject_id = $2) order by at, id`, [
            ...params,
            String(id),
          ])
        : tx.query(`select * from "${table}" t where ${named} order by t::text`, params)
    }
  }
}

/** Everything known of one person: what each part is, then the parts, each a list of rows. */
export interface PersonExport {
  about: { made: string; person: number; parts: Record<string, string>; namedIn: { kind: string; id: string; name: string }[] }
  [part: string]: unknown
}

/**
 * Everything that is kept of one person, as of one instant: every table that holds anything of people, and nothing of others. Names of
 * flows, segments, templates and fields stand beside their ids.
 * @returns undefined when there is no such person
 */
export function exportPerson(handle: Handle, contactId: number, at: number): Promise<PersonExport | undefined> {
  return handle.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    const [there] = await tx.query(
      'select 1 from contact where bucket = $1::smallint and id = $2 and deleted_at is null and merged_into is null',
      [contactId % 1024, contactId],
    )
    if (!there) return undefined
    const names = await namesOf(tx, contactId)
    const about: PersonExport['about'] = {
      ...{ made: new Date(at).toISOString(), person: contactId, parts: {} },
      namedIn: await stillNamed(tx, names),
    }
    const result: PersonExport = { about }
    for (const [table, holding] of Object.entries(holdings)) {
      if (holding.by === 'none') continue
      about.parts[holding.part] = holding.say
      result[holding.part] = (await rowsOf(tx, table, holding, contactId, names)).map(shown)
    }
    about.parts.called = 'What the ids of flows, segments, templates and fields above are called.'
    result.called = await namesOfThings(tx)
    return result
  })
}

async function namesOfThings(tx: Sql): Promise<Record<string, Record<string, string>>> {
  const named = async (text: string) => {
    const rows = await tx.query<{ id: string; name: string }>(text)
    return Object.fromEntries(rows.map((row) => [row.id, row.name]))
  }
  return {
    flows: await named('select id, name from flow order by id'),
    segments: await named('select id, name from segment order by id'),
    templates: await named('select id, name from template order by id'),
    fields: await named('select key as id, label as name from field order by key'),
    teams: await named('select id, name from team order by id'),
  }
}
