import { useCallback } from 'react'
import { create } from 'zustand'

/** What somebody writes and has not sent: it outlives the tab it is written on, and the review that it was meant for. */
const useAll = create<Readonly<Record<string, string>>>(() => ({}))

/** The text that is being written at one place, and how to change it. @param place names it, once over all flows */
export function useBeingWritten(place: string): [text: string, set: (text: string) => void] {
  const text = useAll((all) => all[place] ?? '')
  const set = useCallback((next: string) => useAll.setState({ [place]: next }), [place])
  return [text, set]
}
