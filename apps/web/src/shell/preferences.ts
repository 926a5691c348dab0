import { create } from 'zustand'

/** How the rail stands on list pages (`words` by default) and on pages that are a work place (`icons` by default). */
export type RailLook = 'icons' | 'words'
export type PageKind = 'list' | 'work'

/** What a person has set for this browser. */
type Preferences = {
  rail: Readonly<Record<PageKind, RailLook>>
  /** Single letters as shortcuts on canvas, lists and Desk. */
  letters: boolean
  /** How flows are shown. */
  flows: 'canvas' | 'outline'
  /** The panel right of a flow is shown. */
  side: boolean
}

const key = 'baton.preferences'
const defaults: Preferences = { rail: { list: 'words', work: 'icons' }, letters: true, flows: 'canvas', side: true }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Reads what storage holds; whatever is not understood falls back to its default. */
export function parsePreferences(text: string | null): Preferences {
  let found: unknown
  try {
    found = JSON.parse(text ?? '')
  } catch {
    return defaults
  }
  if (!isObject(found)) return defaults
  const rail = isObject(found.rail) ? found.rail : {}
  const look = (value: unknown, otherwise: RailLook) => (value === 'icons' || value === 'words' ? value : otherwise)
  return {
    rail: { list: look(rail.list, defaults.rail.list), work: look(rail.work, defaults.rail.work) },
    letters: typeof found.letters === 'boolean' ? found.letters : defaults.letters,
    flows: found.flows === 'outline' ? 'outline' : defaults.flows,
    side: typeof found.side === 'boolean' ? found.side : defaults.side,
  }
}

function load(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(key))
  } catch {
    return defaults
  }
}

export const usePreferences = create<Preferences>(load)

/** Changes preferences and remembers them in this browser. */
export function setPreferences(change: Partial<Preferences>) {
  usePreferences.setState(change)
  try {
    localStorage.setItem(key, JSON.stringify(usePreferences.getState()))
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
