import type { PublishedModel, PublishedRule } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import type { StoredScoreModel } from '../schema/score-model.ts'

export type { StoredScoreModel }

/** A version of the score model, or its draft (version 0). */
export interface ScoreModelRow {
  version: number
  model: StoredScoreModel
  rev: number
  note: string
  at: number
  byId: string | null
  byName: string | null
}

const columns = `version, model, rev, note, at, by_id as "byId", by_name as "byName"`

/** The published versions, the newest first. */
export const scoreModels = (sql: Sql): Promise<ScoreModelRow[]> =>
  sql.query<ScoreModelRow>(`select ${columns} from score_model where version > 0 order by version desc`)

/** The version in force; undefined before the first. */
export async function liveScoreModel(sql: Sql): Promise<ScoreModelRow | undefined> {
  const [row] = await sql.query<ScoreModelRow>(`select ${columns} from score_model where version > 0 order by version desc limit 1`)
  return row
}

/** What somebody is working on; undefined where nothing was changed since the last version. */
export async function draftScoreModel(sql: Sql): Promise<ScoreModelRow | undefined> {
  const [row] = await sql.query<ScoreModelRow>(`select ${columns} from score_model where version = 0`)
  return row
}

const isPublished = (rule: StoredScoreModel['rules'][number]): rule is PublishedRule => 'since' in rule

/** A published version as the engine reads it. */
export const publishedModel = ({ version, model }: ScoreModelRow): PublishedModel => ({
  version,
  rules: model.rules.filter(isPublished),
  grade: model.grade,
})

/**
 * Keeps the draft. @param rev the revision it was made from, 0 for the first
 * @returns the new revision; undefined when somebody else has changed it meanwhile
 */
export async function saveScoreDraft(
  tx: Sql,
  { model, rev, by, at }: { model: StoredScoreModel; rev: number; by: { id: string; name: string } | null; at: number },
): Promise<number | undefined> {
  const values = [JSON.stringify(model), at, by?.id ?? null, by?.name ?? null]
  const [row] =
    rev === 0
      ? await tx.query<{ rev: number }>(
          `insert into score_model (version, model, rev, at, by_id, by_name) values (0, $1::jsonb, 1, $2, $3, $4) on conflict do nothing returning rev`,
          values,
        )
      : await tx.query<{ rev: number }>(
          `update score_model set model = $1::jsonb, rev = rev + 1, at = $2, by_id = $3, by_name = $4 where version = 0 and rev = $5 returning rev`,
          [...values, rev],
        )
  return row?.rev
}

/** Throws the draft away: what is in force stays. @returns whether there was one */
export async function dropScoreDraft(tx: Sql): Promise<boolean> {
  return (await tx.query('delete from score_model where version = 0 returning version')).length > 0
}

/** Keeps a version for ever, in place of the draft. The caller has bumped the plan. */
export async function addScoreVersion(tx: Sql, row: Omit<ScoreModelRow, 'rev'>): Promise<void> {
  await tx.query('insert into score_model (version, model, rev, note, at, by_id, by_name) values ($1, $2::jsonb, 1, $3, $4, $5, $6)', [
    row.version,
    JSON.stringify(row.model),
    row.note,
    row.at,
    row.byId,
    row.byName,
  ])
  await dropScoreDraft(tx)
}

/** What each rule has been called in the versions there were: by its form (`ruleTag`), in the words of the version that made it. */
export async function scoreRuleNames(sql: Sql, tags: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  if (tags.length === 0) return names
  for (const { model } of await scoreModels(sql)) {
    for (const rule of model.rules) {
      if (!isPublished(rule)) continue
      const tag = `${rule.id}@${rule.since}`
      // The newest version that has it calls it as people do now.
      if (tags.includes(tag) && !names.has(tag)) names.set(tag, rule.words)
    }
  }
  return names
}
