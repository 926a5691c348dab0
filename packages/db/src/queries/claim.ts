import type { Sql } from '../open/handle.ts'

/** Jobs that one process carries on at a time. */
export type JobTable = 'import_job' | 'bulk_job'

export interface Claim {
  id: string
  /** Whoever carries the job on; another one each time it is taken up. */
  owner: string
  /** Wall clock, milliseconds. */
  now: number
  until: number
}

/**
 * Takes up a running job that nobody carries on, or prolongs an own claim: compare-and-set in its row. Steps of the job check the owner
 * in their own transaction, so that whoever lost a claim changes nothing more.
 * @returns false while another claim holds, or when the job does not run
 */
export async function claimJob(sql: Sql, table: JobTable, { id, owner, now, until }: Claim): Promise<boolean> {
  const rows = await sql.query(
    `update ${table} set owner = $2, owned_until = $4
     where id = $1 and status = 'running' and (owner is null or owner = $2 or owned_until <= $3) returning id`,
    [id, owner, now, until],
  )
  return rows.length > 0
}

/** Gives a job back, so that another process need not wait for the claim to run out. */
export async function releaseJob(sql: Sql, table: JobTable, { id, owner }: Pick<Claim, 'id' | 'owner'>): Promise<void> {
  await sql.query(`update ${table} set owner = null, owned_until = null where id = $1 and owner = $2`, [id, owner])
}
