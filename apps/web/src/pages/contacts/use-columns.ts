import { useState } from 'react'
import { z } from 'zod'
import { columnFields, defaultColumns } from './columns.tsx'
import type { Field } from './people.ts'

const PLACE = 'baton.contacts.columns'
const stored = z.array(z.string())

function remembered(): string[] | null {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(PLACE) ?? 'null'))
  } catch {
    return null
  }
}

/** The fields shown as columns, remembered in this browser. Those that are gone are left out. */
export function useColumns(fields: readonly Field[]): [shown: string[], choose: (keys: string[]) => void] {
  const [chosen, setChosen] = useState(remembered)
  const known = new Set(columnFields(fields).map((it) => it.key))
  const shown = (chosen ?? defaultColumns(fields)).filter((key) => known.has(key))
  return [
    shown,
    (keys) => {
      localStorage.setItem(PLACE, JSON.stringify(keys))
      setChosen(keys)
    },
  ]
}
