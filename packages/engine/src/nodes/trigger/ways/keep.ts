import type { PassageData } from '../../../state/input.ts'
import type { ContactEvent } from '../../../state/person.ts'

/** A longer text is cut: what a passage carries is read with every turn. */
const MAX_TEXT = 500

const own = (props: ContactEvent['props'], name: string): unknown => (Object.hasOwn(props, name) ? props[name] : undefined)

/** What the passage carries of an event: the named properties that are a text, a number, yes or no. E-152. */
export function kept({ props }: ContactEvent, names: readonly string[]): PassageData | undefined {
  const found = names.flatMap((name): [string, string | number | boolean][] => {
    const value = own(props, name)
    if (typeof value === 'string') return [[name, value.slice(0, MAX_TEXT)]]
    return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? [[name, value]] : []
  })
  return found.length > 0 ? Object.fromEntries(found) : undefined
}
