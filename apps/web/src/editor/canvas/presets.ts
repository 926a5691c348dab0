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

/** The words over a step's group. */
export const groupOf = (category: Category) => GROUPS.find((it) => it.category === category)?.words ?? ''

/** How well a line's own words fit: it begins so, a word of it does, or only something around it. */
const rank = ({ preset }: PaletteLine, wanted: string): number => {
  const label = preset.label.toLowerCase()
  return label.startsWith(wanted) ? 0 : label.includes(` ${wanted}`) ? 1 : 2
}

/** Lines that fit what was typed: in their own words, further ones, or their group's. Those that begin so come first. */
export function findLines(text: string, lines: readonly PaletteLine[] = paletteLines): readonly PaletteLine[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return lines
  return lines
    .filter(({ category, preset }) => `${groupOf(category)} ${preset.label} ${preset.find ?? ''}`.toLowerCase().includes(wanted))
    .sort((a, b) => rank(a, wanted) - rank(b, wanted))
}
