export * from './claim.ts'
export * from './dispatch.ts'
export * from './settle.ts'
export * from './track.ts'
