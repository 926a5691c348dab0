import { useRef, useState } from 'react'
import { z } from 'zod'
import { columnFields, defaultColumns } from './columns.tsx'
import type { ContactRow, Field } from './people.ts'

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
export function useColumns(
  fields: readonly Field[],
  rows: readonly ContactRow[],
): [shown: string[], choose: (keys: string[] | null) => void] {
  const [chosen, setChosen] = useState(remembered)
  // What the first people have decides once; a filter does not shuffle the columns.
  const first = useRef<string[]>(null)
  if (first.current === null && fields.length > 0 && rows.length > 0) first.current = defaultColumns(fields, rows)
  const known = new Set(columnFields(fields).map((it) => it.key))
  const shown = (chosen ?? first.current ?? []).filter((key) => known.has(key))
  return [
    shown,
    (keys) => {
      if (keys === null) localStorage.removeItem(PLACE)
      else localStorage.setItem(PLACE, JSON.stringify(keys))
      setChosen(keys)
    },
  ]
}
