import type { InboxItem, PassageData } from '../../state/input.ts'
import { readCarried, readPath } from '../../values/carried.ts'
import type { WebhookConfig } from './schema.ts'

/** What an answer gives the passage to carry, and what of it did not come or did not fit. The answer is untrusted. E-193. */
export function savedFrom(data: unknown, save: WebhookConfig['save']): { carry: PassageData; missing: string[] } {
  const carry: Record<string, string | number | boolean> = {}
  const missing: string[] = []
  for (const { path, as, type } of save) {
    const value = readCarried(readPath(data, path), type)
    if (value === undefined) missing.push(as)
    else carry[as] = value
  }
  return { carry, missing }
}

/** A status that says it went well. */
export const isFine = (status: number | null): boolean => status !== null && status >= 200 && status <= 299

export type EffectItem = Extract<InboxItem, { kind: 'effect' }>
