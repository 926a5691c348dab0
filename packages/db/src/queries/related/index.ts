export * from './companies.ts'
export * from './pages.ts'
