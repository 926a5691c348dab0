import { defineConfig } from 'drizzle-kit'

/** `pnpm generate` compares the schema with the last snapshot and writes the next migration; it needs no database. */
export default defineConfig({ dialect: 'postgresql', schema: './src/schema/index.ts', out: './drizzle', casing: 'snake_case' })
