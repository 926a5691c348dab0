// Brings the type of inject('postgres') along, and nothing at run time.
import type {} from './setup.ts'

export { postgresBinaries } from './binaries.ts'
export { citusUrl, dropSharedCitus, emptyCitus, sharedCitus } from './citus.ts'
export { connectionsTo, freshDatabase, type TestDatabase, withDatabase } from './database.ts'
export { type DatabaseKind, noteDatabase } from './halves.ts'
export { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts'
