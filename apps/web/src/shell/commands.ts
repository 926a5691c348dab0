import { useEffect } from 'react'
import { create } from 'zustand'
import type { Command } from './search.ts'

/** Deeds of the pages that are mounted now, newest page last. */
export const useCommandStore = create<{ lists: readonly (readonly Command[])[] }>(() => ({ lists: [] }))

/** Offers deeds in the palette while the calling component is mounted. Keep the list stable with useMemo. */
export function useCommands(commands: readonly Command[]) {
  useEffect(() => {
    useCommandStore.setState(({ lists }) => ({ lists: [...lists, commands] }))
    return () => useCommandStore.setState(({ lists }) => ({ lists: lists.filter((list) => list !== commands) }))
  }, [commands])
}
