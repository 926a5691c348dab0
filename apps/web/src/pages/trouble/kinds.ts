import type { Answers } from '../../shell/api.ts'

export type Kind = Answers['trouble']['list']['rows'][number]['kind']

/** In the order in which they are offered. */
export const kinds: readonly Kind[] = ['mail', 'unknown', 'call', 'note', 'person', 'item']
export const isKind = (value: unknown): value is Kind => kinds.some((kind) => kind === value)
