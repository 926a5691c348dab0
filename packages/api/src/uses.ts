import { type Sql, type Usable, type Use, usedBy } from '@baton/db'
import { fail } from './errors.ts'

const SORTS: readonly (readonly [Use['by'], string, string])[] = [
  ['flow', 'flow', 'flows'],
  ['segment', 'segment', 'segments'],
  ['template', 'message', 'messages'],
  ['form', 'form', 'forms'],
  ['agreement', 'agreement', 'agreements'],
  ['team', 'team', 'teams'],
  ['scores', 'score model', 'score models'],
]

/** "2 flows (Nurture, Win back) and 1 form (Demo)"; empty where nothing uses it. */
export function useWords(uses: readonly Use[]): string {
  const parts = SORTS.flatMap(([by, one, many]) => {
    const names = uses.filter((it) => it.by === by).map((it) => it.name)
    return names.length === 0 ? [] : [`${names.length} ${names.length === 1 ? one : many} (${names.join(', ')})`]
  })
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** @throws CONFLICT that names whoever uses it, so that nothing is taken away under a flow */
export async function mustBeUnused(tx: Sql, what: { kind: Usable; id: string; name: string }): Promise<void> {
  const words = useWords(await usedBy(tx, what))
  if (words !== '') throw fail('CONFLICT', `${what.name} stays: it is used by ${words}. Take it out there first.`)
}
