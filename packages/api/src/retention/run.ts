import {
  appendAudit,
  cutOf,
  type Dropped,
  dropOld,
  eventTypes,
  type Handle,
  type RetentionCut,
  type RetentionSettings,
  retentionOf,
  workspaceSettings,
} from '@baton/db'
import { eventNeeds } from './needs.ts'

/** What these settings would drop now, with what flows and segments need kept. */
export async function retentionCut(db: Handle, settings: RetentionSettings, now: number): Promise<RetentionCut> {
  const needs = await eventNeeds(db)
  const days = new Map([...needs.values()].map((need) => [need.type, need.days]))
  return cutOf(settings, await eventTypes(db), days, now)
}

/** Drops what is older than the workspace keeps, and notes in the audit log how much that was. For a chore. */
export async function runRetention(db: Handle, now: number): Promise<Dropped> {
  const settings = retentionOf(await workspaceSettings(db))
  const dropped = await dropOld(db, await retentionCut(db, settings, now))
  if (dropped.events + dropped.months + dropped.journals > 0) {
    const subject = { kind: 'workspace', id: '1' }
    const actor = { id: null, name: 'Retention' }
    await appendAudit(db, { at: now, actor, action: 'retention.dropped', subject, detail: { ...dropped } })
  }
  return dropped
}
