import type { Sql } from '../../open/handle.ts'

/** Remembers who changes a draft: none of its editors approves it. */
export async function noteDraftEditor(tx: Sql, { flowId, userId, at }: { flowId: string; userId: string; at: number }): Promise<void> {
  await tx.query(
    'insert into draft_editor (flow_id, user_id, at) values ($1, $2, $3) on conflict (flow_id, user_id) do update set at = excluded.at',
    [flowId, userId, at],
  )
}

/** A new version is out: who changes the draft from here on changes the next. */
export async function forgetDraftEditors(tx: Sql, flowId: string): Promise<void> {
  await tx.query('delete from draft_editor where flow_id = $1', [flowId])
}

/** Who has changed the draft since the last publish. */
export async function draftEditors(sql: Sql, flowId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select user_id as id from draft_editor where flow_id = $1 order by user_id', [flowId])
  return rows.map((it) => it.id)
}
