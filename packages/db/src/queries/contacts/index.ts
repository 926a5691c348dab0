export { addContacts, ensureIdentity, type NewContact } from './add.ts'
export {
  addBulk,
  type BulkAction,
  type BulkJob,
  type BulkStatus,
  type BulkTarget,
  bulkJob,
  countAt,
  endBulk,
  type FlowPlace,
  type NewBulk,
  restartBulk,
  runningBulk,
  stepBulk,
} from './bulk.ts'
export { changesOf, type Told } from './change.ts'
export {
  type ContactFilter,
  type ContactPage,
  type ContactRow,
  type Count,
  type Cursor,
  countContacts,
  type GradedBy,
  listContacts,
  type SortBy,
} from './list.ts'
export {
  type ContactHandoff,
  type ContactHistory,
  type ContactSend,
  contactHistory,
  contactProfile,
  type Passage,
  type Profile,
  type TimelineEvent,
} from './page.ts'
export { forgetLate, removeContacts } from './remove.ts'
export { type Scope, scopeOf } from './scope.ts'
