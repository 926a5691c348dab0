import { create } from 'zustand'

/** How often the palette was asked for: it is loaded at the first time, and opens at each. */
export const usePaletteCalls = create<{ calls: number }>(() => ({ calls: 0 }))

/** Opens the search over pages, flows and contacts. */
export const openPalette = () => usePaletteCalls.setState(({ calls }) => ({ calls: calls + 1 }))
