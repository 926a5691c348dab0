import { useMediaQuery } from '@mantine/hooks'
import { create } from 'zustand'
import { setPreferences, usePreferences } from '../shell/preferences.ts'

/** From here down the panels lie over the canvas, and come when they are wanted (LOOK 3). */
const NARROW = '(max-width: 1279px)'
/** From here down a flow is only looked at. */
const SMALL = '(max-width: 899px)'
const atOnce = { getInitialValueInEffect: false }

export const useNarrow = () => useMediaQuery(NARROW, undefined, atOnce) ?? false
export const useSmall = () => useMediaQuery(SMALL, undefined, atOnce) ?? false

/** In a narrow window: whether somebody wants the panel, or the steps to add. Null: the panel comes with what is chosen. */
const useWanted = create<{ side: boolean | null; steps: boolean }>(() => ({ side: null, steps: false }))

/** Shows the panel at the right from now on, for this person, or leaves its room to the flow; in a narrow window for now. */
export const showSide = (side: boolean) => (matchMedia(NARROW).matches ? useWanted.setState({ side }) : setPreferences({ side }))

/** Whether the panel at the right is shown. @param chosen whether anything is that it would tell of */
export function useSide(chosen: boolean): boolean {
  const narrow = useNarrow()
  const wanted = useWanted((state) => state.side)
  const kept = usePreferences((state) => state.side)
  return narrow ? (wanted ?? chosen) : kept
}

/** Whether the steps that can be added are shown: in a narrow window only while they are wanted. */
export function useSteps(): boolean {
  const narrow = useNarrow()
  const wanted = useWanted((state) => state.steps)
  return wanted || !narrow
}

export const showSteps = (steps: boolean) => useWanted.setState({ steps })

/** Whoever goes on drawing wants the canvas: what was called over it goes. */
export const clearOver = () => useWanted.setState({ side: null, steps: false })

/** Whether the panel of a mode other than drawing stands beside the flow. It comes with the page. */
const useAside = create<{ shown: boolean }>(() => ({ shown: true }))
export const useModeSide = () => useAside((state) => state.shown)
export const showModeSide = (shown: boolean) => useAside.setState({ shown })

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
