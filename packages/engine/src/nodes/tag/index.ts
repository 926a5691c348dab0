import { z } from 'zod'
import { MAX_TAG } from '../../fields/tags.ts'
import { defineKind } from '../../kind.ts'
import { configBase, missing, onward, plain, strong } from '../base.ts'

export const tagConfig = z.object({
  ...configBase(1),
  action: z.enum(['add', 'remove']).default('add'),
  tags: z.array(z.string().trim().min(1).max(MAX_TAG)).max(20).default([]),
})

/** The field of the person that holds the tags. */
export const FIELD = 'tags'

/** Adds tags to the person, or removes them. */
export const tag = defineKind({
  type: 'tag',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: tagConfig,
  defaults: () => ({ v: 1, action: 'add', tags: [] }),
  ports: () => [onward],
  references: () => [{ kind: 'field', id: FIELD }],
  conditions: () => [],
  changes: () => [{ kind: 'field', id: FIELD }],
  sentence: ({ action, tags }) => {
    const words =
      tags.length === 0 ? [missing('choose tags')] : tags.flatMap((it, i) => (i === 0 ? [strong(it)] : [plain(', '), strong(it)]))
    return [plain(action === 'add' ? 'Tag ' : 'Remove tag '), ...words]
  },
})
