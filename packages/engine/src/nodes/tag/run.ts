import { tagFault } from '../../fields/tags.ts'
import { defineRun } from '../../kind.ts'
import { fault, onward } from '../base.ts'
import { changeTags, tagsOf } from './change.ts'
import { FIELD, tag } from './index.ts'

/** What its settings must be, and what it does. */
export const tagRun = defineRun(tag, {
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
