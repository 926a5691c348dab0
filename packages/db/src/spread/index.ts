export { SpreadError } from './citus.ts'
export { type Distributed, distribute, SHARDS } from './distribute.ts'
