export * from './claim.ts'
export * from './line.ts'
export * from './secrets.ts'
export * from './settle.ts'
