export { machines, SpreadError } from './citus.ts'
export { type Distributed, distribute, SHARDS } from './distribute.ts'
export { bucketsWithWork, freeBuckets, releaseOn, renewOn } from './leases.ts'
export type { NodeAddresses } from './nodes.ts'
