import type { PropertyRule } from '../../../condition/schema.ts'
import type { On } from '../schema.ts'
import { SALES_EVENT } from '../words.ts'
import { onEvent, whereFaults } from './event.ts'
import type { Way } from './way.ts'

/** Sales does something, or they come to another stage. */
export function salesWay({ what, stage, where }: On<'sales'>): Way {
  const rules: readonly PropertyRule[] = what === 'stage' ? [{ key: 'to', op: 'is', value: stage }, ...where] : where
  return {
    check: () => whereFaults(where),
    compile: () => ({ trigger: onEvent(SALES_EVENT[what], rules) }),
  }
}
