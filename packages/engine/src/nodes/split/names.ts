import type { SplitConfig } from './schema.ts'

/** What a way is called where its author gave it no name: by its letter. */
export const wayName = (ways: SplitConfig['ways'], at: number): string => ways[at]?.name.trim() || `Way ${String.fromCharCode(65 + at)}`
