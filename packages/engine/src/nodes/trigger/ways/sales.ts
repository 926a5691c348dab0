import type { PropertyRule } from '../../../condition/schema.ts'
import { plain, strong } from '../../base.ts'
import type { MOMENTS, On } from '../schema.ts'
import { onEvent, whereFaults } from './event.ts'
import type { Way } from './way.ts'

type Moment = (typeof MOMENTS)[number]

const TYPES: Readonly<Record<Moment, string>> = {
  stage: 'lifecycle.changed',
  'handed-over': 'sales.handed-over',
  accepted: 'sales.accepted',
  rejected: 'sales.rejected',
  breached: 'sales.breached',
  converted: 'sales.converted',
  lost: 'sales.lost',
}

const WORDS: Readonly<Record<Exclude<Moment, 'stage'>, readonly [string, string]>> = {
  'handed-over': ['When they are ', 'handed to sales'],
  accepted: ['When sales ', 'accepts them'],
  rejected: ['When sales ', 'rejects them'],
  breached: ['When sales ', 'answers too late'],
  converted: ['When they ', 'become a customer by sales'],
  lost: ['When sales ', 'loses them'],
}

/** What the stages are called within a sentence. */
const STAGES: Readonly<Record<On<'sales'>['stage'], string>> = {
  name: 'name',
  lead: 'lead',
  accepted: 'accepted lead',
  opportunity: 'opportunity',
  customer: 'customer',
  disqualified: 'disqualified',
  lost: 'lost',
}

/** Sales does something, or they come to another stage. */
export function salesWay({ what, stage, where }: On<'sales'>): Way {
  const rules: readonly PropertyRule[] = what === 'stage' ? [{ key: 'to', op: 'is', value: stage }, ...where] : where
  return {
    references: [{ kind: 'event', id: TYPES[what] }],
    sentence: () => {
      const narrowed = where.length === 0 ? [] : [plain(` with ${where.length} ${where.length === 1 ? 'condition' : 'conditions'}`)]
      if (what === 'stage') return [plain('When their stage becomes '), strong(STAGES[stage]), ...narrowed]
      const [glue, deed] = WORDS[what]
      return [plain(glue), strong(deed), ...narrowed]
    },
    check: () => whereFaults(where),
    compile: () => ({ trigger: onEvent(TYPES[what], rules) }),
  }
}
