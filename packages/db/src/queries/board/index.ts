export * from './now.ts'
export * from './period.ts'
