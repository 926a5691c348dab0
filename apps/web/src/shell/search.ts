import type { ReactNode } from 'react'
import type { Role } from './session.ts'

/** One thing found. `to` is an address inside the product. */
export type Hit = { id: string; title: string; detail?: string | undefined; to: string; icon?: ReactNode }

/**
 * What an area adds to the palette. `search` is asked 150 ms after the last key with at least two characters, and only for people
 * with one of the roles; it should return at most eight hits and honour the signal.
 */
export type SearchProvider = {
  id: string
  /** Head above the hits: "Flows". */
  head: string
  roles: readonly Role[]
  search: (text: string, signal: AbortSignal) => Promise<readonly Hit[]>
}

/**
 * A deed the present page offers in the palette, above everything else. `typed`: one of many, shown only when it fits what was typed.
 * `also`: what people who come from elsewhere call it, word by word.
 */
export type Command = {
  id: string
  words: string
  also?: string | undefined
  keys?: string | undefined
  typed?: boolean | undefined
  run: () => void
}
