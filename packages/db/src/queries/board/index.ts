export * from './move.ts'
export * from './now.ts'
export * from './period.ts'
