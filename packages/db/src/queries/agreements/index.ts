export * from './read.ts'
export * from './review.ts'
export * from './write.ts'
