import type { MantineColorSchemeManager } from '@mantine/core'

/** What a person may choose; `auto` follows the system. */
export type Scheme = 'light' | 'dark' | 'auto'

const key = 'baton.theme'
const dark = () => window.matchMedia('(prefers-color-scheme: dark)')

/** Parses what storage holds; anything unknown is the default. */
const parse = (text: string | null): Scheme => (text === 'light' || text === 'dark' ? text : 'auto')

function stored(): Scheme {
  try {
    return parse(localStorage.getItem(key))
  } catch {
    return 'auto'
  }
}

/** Puts the theme of our own style sheets in step; Mantine sets its own attribute beside it. */
function paint(scheme: Scheme) {
  document.documentElement.dataset.theme = scheme === 'auto' ? (dark().matches ? 'dark' : 'light') : scheme
}

/**
 * The one keeper of the colour scheme, handed to Mantine: remembers the choice, follows the system while it is `auto`, and follows a
 * change made in another tab.
 */
export function createSchemeManager(): MantineColorSchemeManager {
  let stop = () => {}
  return {
    get: stored,
    set(scheme) {
      try {
        localStorage.setItem(key, scheme)
      } catch {
        // Without storage the choice holds until the page is closed.
      }
      paint(scheme)
    },
    subscribe(onUpdate) {
      const onStorage = (event: StorageEvent) => {
        if (event.key !== key) return
        const scheme = parse(event.newValue)
        paint(scheme)
        onUpdate(scheme)
      }
      const system = dark()
      const onSystem = () => paint(stored())
      window.addEventListener('storage', onStorage)
      system.addEventListener('change', onSystem)
      stop = () => {
        window.removeEventListener('storage', onStorage)
        system.removeEventListener('change', onSystem)
      }
    },
    unsubscribe: () => stop(),
    clear() {
      try {
        localStorage.removeItem(key)
      } catch {
        // Nothing was stored.
      }
      paint('auto')
    },
  }
}
