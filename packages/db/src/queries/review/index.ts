export * from './comments.ts'
export * from './editors.ts'
export * from './reviews.ts'
