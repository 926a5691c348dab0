import { setPreferences, usePreferences } from '../shell/preferences.ts'

/** Shows the panel at the right from now on, for this person, or leaves its room to the flow. */
export const showSide = (side: boolean) => setPreferences({ side })

/** Whether the panel at the right is shown. */
export const useSide = () => usePreferences((state) => state.side)

let switched = false

/** Shows flows so from now on, for this person. */
export function showAs(flows: 'canvas' | 'outline') {
  switched = true
  setPreferences({ flows })
}

/** As a picture, or as a tree of lines. */
export const useLook = () => usePreferences((state) => state.flows)

/** Whether the look was changed since the last call: what appears then takes the focus, what opens with the page does not. */
export function takeSwitched(): boolean {
  const was = switched
  switched = false
  return was
}

/** Puts the focus back onto the flow, however it is shown. */
export const focusFlow = () => document.querySelector<HTMLElement>('.canvas, .outline [role=treeitem][tabindex="0"]')?.focus()
