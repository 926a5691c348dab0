import type { Catalog, ConditionIssue, ConditionPlace } from '@baton/engine'
import { createContext, useContext } from 'react'
import type { Choice } from './pick.tsx'

interface Around {
  catalog: Catalog
  place: ConditionPlace
  readOnly: boolean
  /** What a rule may look at, made once for the whole condition. */
  subjects: readonly Choice[]
  /** Problems by the path of the rule or group they belong to (`0.2`). */
  issues: ReadonlyMap<string, readonly ConditionIssue[]>
  /** The rule that was just added: its first open token asks at once. */
  fresh: string | null
}

export const Around = createContext<Around | null>(null)

/** What surrounds the tokens of one condition. */
export function useAround(): Around {
  const around = useContext(Around)
  if (!around) throw new Error('Tokens stand inside a ConditionBuilder')
  return around
}
