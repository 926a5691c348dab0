import { useHotkeys } from '@mantine/hooks'
import { usePreferences } from './preferences.ts'

/** A key in Mantine's notation (`mod+K`, `shift+F`, `[`) and what it does. */
export type KeyDeed = readonly [keys: string, deed: (event: KeyboardEvent) => void]

const single = /^(shift\+)?.$/i

/**
 * Shortcuts of a page or panel. Never act while a field has the focus; single characters can be turned off in Settings
 * (`mod+…`, `alt+…`, arrows and Enter stay).
 */
export function useKeys(deeds: readonly KeyDeed[]) {
  const letters = usePreferences((state) => state.letters)
  useHotkeys(deeds.filter(([keys]) => letters || !single.test(keys)).map(([keys, deed]) => [keys, deed]))
}
