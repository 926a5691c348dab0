export { forwardItems } from './forward.ts'
export { type MergeOrder, type MergeOutcome, mergeContacts, prepareMerge, previewMerge } from './merge.ts'
export { movedTo, survivorOf } from './move.ts'
