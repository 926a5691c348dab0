export * from './editors.ts'
