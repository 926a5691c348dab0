export { type MigrationGroup, type MigrationLine, type MigrationPlan, migrationPlan } from './plan.ts'
export { type Rehearsal, rehearseMigration } from './rehearse.ts'
