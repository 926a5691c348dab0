import { z } from 'zod'
import { MAX_TAG, tagFault } from '../../fields/tags.ts'
import { defineKind } from '../../kind.ts'
import { configBase, fault, missing, onward, plain, strong } from '../base.ts'
import { changeTags, tagsOf } from './change.ts'

export const tagConfig = z.object({
  ...configBase(1),
  action: z.enum(['add', 'remove']).default('add'),
  tags: z.array(z.string().trim().min(1).max(MAX_TAG)).max(20).default([]),
})

/** The field of the person that holds the tags. */
const FIELD = 'tags'

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
  sentence: ({ action, tags }) => {
    const words =
      tags.length === 0 ? [missing('choose tags')] : tags.flatMap((it, i) => (i === 0 ? [strong(it)] : [plain(', '), strong(it)]))
    return [plain(action === 'add' ? 'Tag ' : 'Remove tag '), ...words]
  },
  check: ({ tags }) => {
    if (tags.length === 0) return [fault('tag.tags', 'tags', 'Choose at least one tag.')]
    return tags.flatMap((it, i) => {
      const say = tagFault(it)
      return say === undefined ? [] : [fault('tag.tags', `tags.${i}`, `“${it}” does not fit: ${say}.`)]
    })
  },
  compile: ({ action, tags }) => ({
    enter: ({ state }) => {
      const before = tagsOf(Object.hasOwn(state.person.fields, FIELD) ? state.person.fields[FIELD] : undefined)
      const after = changeTags(before, action, tags)
      const same = after.length === before.length
      return {
        do: 'leave',
        port: onward.id,
        reason: { code: 'tags.changed', action, tags, before: [...before], after },
        effects: same ? [] : [{ do: 'set-field', key: FIELD, value: after.length === 0 ? null : after }],
      }
    },
    conditions: [],
  }),
})
