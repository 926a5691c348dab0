import { type Category, kinds } from '@baton/engine'
import { cardOf } from '../../nodes/registry.ts'
import type { Preset } from '../../nodes/screen.ts'

/** A line of the palette. */
export interface PaletteLine {
  id: string
  type: string
  category: Category
  preset: Preset
}

/** The words over each group, in the order of a journey. */
export const GROUPS: readonly { category: Category; words: string }[] = [
  { category: 'trigger', words: 'Start' },
  { category: 'wait', words: 'Wait' },
  { category: 'logic', words: 'Decide' },
  { category: 'action', words: 'Act' },
  { category: 'sales', words: 'Sales' },
  { category: 'exit', words: 'End' },
]

/** Everything that can be put on the canvas. */
export const paletteLines: readonly PaletteLine[] = GROUPS.flatMap(({ category }) =>
  Object.values(kinds)
    .filter((kind) => kind.category === category)
    .flatMap(({ type }) => (cardOf(type)?.presets ?? []).map((preset) => ({ id: `${type} ${preset.label}`, type, category, preset }))),
)

const groupOf = (category: Category) => GROUPS.find((it) => it.category === category)?.words ?? ''

/** Lines that fit what was typed: in their own words, or their group's. */
export function findLines(text: string, lines: readonly PaletteLine[] = paletteLines): readonly PaletteLine[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return lines
  return lines.filter(({ category, preset }) => `${groupOf(category)} ${preset.label}`.toLowerCase().includes(wanted))
}
