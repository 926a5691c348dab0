import { defineKind } from '../../kind.ts'
import { onward } from '../base.ts'
import { entryOf } from './entry.ts'
import { moreWaysIn } from './migrate.ts'
import { triggerConfig } from './schema.ts'
import { triggerReferences, triggerWords } from './words.ts'

/** How people come in. Entering and leaving a trigger is one step; a paused flow takes it at resume. */
export const trigger = defineKind({
  type: 'trigger',
  category: 'trigger',
  rests: false,
  version: 2,
  migrations: [moreWaysIn],
  config: triggerConfig,
  defaults: () => ({ v: 2, on: { kind: 'segment', segmentId: null, way: 'joined' } }),
  ports: () => [onward],
  references: ({ on }) => triggerReferences(on),
  conditions: () => [],
  changes: () => [],
  entrance: ({ on }) => entryOf(on),
  carries: ({ on }) => ('keep' in on ? on.keep : on.kind === 'api' || on.kind === 'flow' ? 'any' : []),
  sentence: ({ on }, catalog) => triggerWords(on, catalog),
})
