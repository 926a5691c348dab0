export * from './deeds.ts'
export * from './list.ts'
export { type TroubleKind, troubleKinds } from './source.ts'
