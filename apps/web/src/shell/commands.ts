import { useEffect } from 'react'
import { create } from 'zustand'
import type { Command } from './search.ts'

/** Deeds that depend on what was typed, such as going to one of thousands of steps: asked only while the palette is open. */
export type CommandFinder = (text: string) => readonly Command[]

/** Deeds of the pages that are mounted now, newest page last. */
export const useCommandStore = create<{ lists: readonly (readonly Command[])[]; finders: readonly CommandFinder[] }>(() => ({
  lists: [],
  finders: [],
}))

/** Offers deeds in the palette while the calling component is mounted. Keep the list stable with useMemo. */
export function useCommands(commands: readonly Command[]) {
  useEffect(() => {
    useCommandStore.setState(({ lists }) => ({ lists: [...lists, commands] }))
    return () => useCommandStore.setState(({ lists }) => ({ lists: lists.filter((list) => list !== commands) }))
  }, [commands])
}

/** Offers deeds that are found by what was typed. Keep the function stable with useCallback. */
export function useCommandFinder(find: CommandFinder) {
  useEffect(() => {
    useCommandStore.setState(({ finders }) => ({ finders: [...finders, find] }))
    return () => useCommandStore.setState(({ finders }) => ({ finders: finders.filter((it) => it !== find) }))
  }, [find])
}
