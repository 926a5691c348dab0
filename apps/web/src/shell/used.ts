import { create } from 'zustand'
import { type Answers, client, type Inputs } from './api.ts'

export type Usable = Inputs['uses']['of']['kind']
export type Use = Answers['uses']['of'][number]

interface Told {
  name: string
  uses: readonly Use[]
}

/** What stays because it is used, while its users are shown. */
export const useUsed = create<{ told: Told | null }>(() => ({ told: null }))

/** Asks who uses a thing before it is removed. @returns true where nobody does; otherwise shows them, with the ways there */
export async function unused({ kind, id, name }: { kind: Usable; id: string; name: string }): Promise<boolean> {
  const uses = await client.uses.of.query({ kind, id })
  if (uses.length === 0) return true
  useUsed.setState({ told: { name, uses } })
  return false
}
