// One line per area: what other packages may ask of the database.
export * from './audit.ts'
export * from './keys.ts'
export * from './links.ts'
export * from './teams.ts'
export * from './users.ts'
export * from './workspace.ts'
