import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { configBase, plain, strong } from '../base.ts'

export const exitConfig = z.object({
  ...configBase(1),
  /** What the author calls this end. */
  label: z.string().max(80),
  /** Counts as having finished; otherwise as having left on the way. */
  finished: z.boolean().default(true),
})

/** The way out of the flow. */
export const exit = defineKind({
  type: 'exit',
  category: 'exit',
  rests: false,
  version: 1,
  migrations: [],
  config: exitConfig,
  defaults: () => ({ v: 1, label: 'Done', finished: true }),
  ports: () => [],
  references: () => [],
  conditions: () => [],
  sentence: ({ label, finished }) => {
    const word = finished ? 'Finish' : 'Leave'
    return label.trim() === '' ? [strong(word)] : [plain(`${word}: `), strong(label)]
  },
})
