import {
  addScoreVersion,
  appendAudit,
  draftScoreModel,
  type Handle,
  liveScoreModel,
  planRows,
  publishedModel,
  rescanScored,
  type Sql,
  startScan,
  updateWorkspace,
  workspaceSettings,
} from '@baton/db'
import { checkScoreModel, GRADE, publishRules } from '@baton/engine'
import type { Clock, CurrentUser } from '../context.ts'
import { fail } from '../errors.ts'
import { catalogOf } from '../flows/catalog.ts'
import type { Services } from '../services.ts'
import { mustBeUnused } from '../uses.ts'
import { type DraftModel, dimensionsUnder } from './draft.ts'
import { remodelled } from './model.ts'

/** Names must be unlike each other, and a score that is there stays. @throws CONFLICT, BAD_REQUEST */
export async function mustFit(sql: Sql, { dimensions }: Pick<DraftModel, 'dimensions'>): Promise<void> {
  const ids = dimensions.map((it) => it.id)
  if (new Set(ids).size < ids.length) throw fail('BAD_REQUEST', 'Two scores have the same short name. Change one.')
  const gone = (await workspaceSettings(sql)).dimensions.find((it) => !ids.includes(it.id))
  if (gone) throw fail('CONFLICT', `${gone.name} stays: flows and points may use it. It can be renamed.`)
}

/** Who puts a model in force, where and when. */
export interface Publisher {
  db: Handle
  clock: Clock
  user: Pick<CurrentUser, 'id' | 'name'>
  services: Pick<Services, 'nudge'>
}

export interface Publishing {
  rev: number
  note: string
  /** Rules whose warning somebody has read and wants all the same. */
  acknowledged: readonly string[]
}

/**
 * Makes the draft the model in force, and starts the pass that brings everybody's points to what it says. Nothing is done where the draft has
 * changed meanwhile, is not sound, or has a warning that nobody has read.
 */
export async function publishScores(ctx: Publisher, { rev, note, acknowledged }: Publishing): Promise<{ version: number }> {
  const rows = await planRows(ctx.db)
  const at = ctx.clock.now()
  const by = ctx.user
  const version = await ctx.db.transaction(async (tx) => {
    const draft = await draftScoreModel(tx)
    if (draft?.rev !== rev) throw fail('CONFLICT', 'Somebody has changed the draft meanwhile. Reload the page and look again.')
    const before = await workspaceSettings(tx)
    const dimensions = dimensionsUnder(draft.model.dimensions, before.dimensions)
    const { rules, grade } = draft.model
    const catalog = { ...catalogOf(rows), dimensions, grade }
    const issues = checkScoreModel({ rules, grade }, catalog)
    const error = issues.find((it) => it.severity === 'error')
    if (error) throw fail('PRECONDITION_FAILED', `This draft is not sound yet: ${error.say}`)
    const warning = issues.find((it) => it.rule !== null && !acknowledged.includes(it.rule))
    if (warning) throw fail('PRECONDITION_FAILED', warning.say)
    const live = await liveScoreModel(tx)
    if (live?.model.grade && !grade) await mustBeUnused(tx, { ...GRADE, name: 'The grade' })
    const next = (live?.version ?? 0) + 1
    const published = publishRules(rules, { before: live ? publishedModel(live).rules : [], version: next, catalog })
    await addScoreVersion(tx, { version: next, model: { dimensions, rules: published, grade }, note, at, byId: by.id, byName: by.name })
    await updateWorkspace(tx, { dimensions })
    await startScan(tx, { kind: 'score', version: next, by, at })
    const regraded = JSON.stringify(live?.model.grade ?? null) !== JSON.stringify(grade)
    await rescanScored(tx, { dimensions: remodelled(before.dimensions, dimensions), grade: regraded }, { by, at })
    const changed = published.filter((it) => it.since === next).length
    const detail = { version: next, note, rules: published.length, changed, warnings: issues.length }
    await appendAudit(tx, { at, actor: by, action: 'scores.published', subject: { kind: 'scores', id: String(next) }, detail })
    return next
  })
  ctx.services.nudge()
  return { version }
}
