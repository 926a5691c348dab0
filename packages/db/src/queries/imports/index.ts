export {
  addImport,
  beginImport,
  endImport,
  forgetImportFiles,
  type ImportJob,
  type ImportStatus,
  importJob,
  importRejects,
  listImports,
  type NewImport,
  type Reject,
  runningImports,
} from './jobs.ts'
export type { ImportRow } from './row.ts'
export { type ImportChunk, MAX_REJECTS, takeRows } from './take.ts'
