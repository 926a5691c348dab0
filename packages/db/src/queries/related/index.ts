export * from './companies.ts'
export * from './opportunities.ts'
export * from './pages.ts'
export * from './take.ts'
