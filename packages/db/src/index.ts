export { armFailpoints, type Failpoint, failpoint, failpoints } from './failpoint.ts'
export { BUCKETS, bucketOfId, createIds, type Ids, newId } from './ids.ts'
export { ensureMonths, ensureMonthsAhead } from './months.ts'
export { DataDirectoryError } from './open/data-directory-error.ts'
export { type Db, type Handle, type Row, type Sql, sqlState } from './open/handle.ts'
export { openDatabase, type Where } from './open/open.ts'
export { OUTAGE_SAYS, type Outage, outageOf } from './open/outage.ts'
export {
  BackupError,
  type BackupOptions,
  backup,
  copyDatabase,
  type FillOptions,
  type Manifest,
  type Place,
  PlaceError,
  type Progress,
  restore,
} from './operate/dump/index.ts'
export { personCounts } from './operate/person/counts.ts'
export { type Erased, erasePerson } from './operate/person/erase.ts'
export { exportPerson, type PersonExport } from './operate/person/export.ts'
export { cutOf, type Dropped, dropOld, previewRetention, type RetentionCut, type RetentionPreview } from './operate/retention.ts'
export * from './queries/index.ts'
export type { Role } from './schema/auth.ts'
export { roles } from './schema/auth.ts'
export type { Facts } from './schema/contact.ts'
export type { Acknowledged, BreakerLimits, FlowStatus, PauseChoice, Reasons, StoredMigration, Tripped } from './schema/flow.ts'
export { pauseChoice } from './schema/flow.ts'
export type { FormField, FormThanks, FormTopic } from './schema/form.ts'
export * as schema from './schema/index.ts'
export type { MailEnvelope } from './schema/send.ts'
export type { SuppressionReason } from './schema/suppression.ts'
export { suppressionReasons } from './schema/suppression.ts'
export type {
  MailPace,
  Pace,
  RetentionSettings,
  ReviewSettings,
  ScoreDimension,
  SendingSettings,
  WorkspaceSettings,
} from './schema/workspace.ts'
export * from './spread/index.ts'
