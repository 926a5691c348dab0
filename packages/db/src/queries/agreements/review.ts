import type { Sql } from '../../open/handle.ts'
import { agreementRow, decidingOf, standing } from './read.ts'

/** One whose date of review is near or over, and who has to be told. */
export interface ReviewDue {
  id: string
  name: string
  version: number
  reviewOn: string
  /** Marks what is told, so that it is told once. */
  mark: string
  /** Who signed; where nobody's name stands, nobody. */
  signers: string[]
}

/** Agreements whose review is due until a date, and of which nobody was told since. `today` parts what is near from what is over. */
export async function reviewsDue(sql: Sql, { today, until }: { today: string; until: string }): Promise<ReviewDue[]> {
  const rows = await sql.query<{ id: string; told: string | null }>(
    'select id, review_told as told from agreement where archived_at is null order by id',
  )
  const due: ReviewDue[] = []
  for (const { id, told } of rows) {
    const row = await agreementRow(sql, id)
    if (!row) continue
    const version = decidingOf(row)
    const { reviewOn } = version.content
    if (reviewOn === null || reviewOn > until || version.inForceAt === null) continue
    const mark = `${reviewOn} ${reviewOn <= today ? 'due' : 'near'}`
    if (told === mark) continue
    due.push({ id, name: row.name, version: version.version, reviewOn, mark, signers: standing(version).map((it) => it.userId) })
  }
  return due
}

/** Notes that both sides were told. @returns false: somebody else has told them */
export async function noteReviewTold(tx: Sql, id: string, mark: string): Promise<boolean> {
  const rows = await tx.query('update agreement set review_told = $2 where id = $1 and review_told is distinct from $2 returning id', [
    id,
    mark,
  ])
  return rows.length > 0
}
