import type { ScoreDimension } from '@baton/db'
import { modelFactors } from '@baton/leads'

/** What an admin chooses of a dimension: name, how lines age, the most that counts (hundredths). What is absent stays as it is. */
export interface DimensionEdit {
  id: string
  name: string
  halfLifeDays?: number | null | undefined
  expiryDays?: number | null | undefined
  cap?: number | null | undefined
}

/** A dimension as pages show it: without its table, which they can make. */
export interface ShownDimension {
  id: string
  name: string
  halfLifeDays: number | null
  expiryDays: number | null
  /** In hundredths. */
  cap: number | null
  /** Counts the models this dimension has had. */
  version: number
}

/** The same as somebody would choose it; nothing where nothing is chosen. */
export function editOf(dimension: ScoreDimension): DimensionEdit {
  const { id, name, ...model } = shownDimension(dimension)
  const { halfLifeDays, expiryDays, cap } = model
  return {
    id,
    name,
    ...(halfLifeDays === null ? {} : { halfLifeDays }),
    ...(expiryDays === null ? {} : { expiryDays }),
    ...(cap === null ? {} : { cap }),
  }
}

export const shownDimension = ({ id, name, halfLifeDays, expiryDays, cap, version }: ScoreDimension): ShownDimension => ({
  id,
  name,
  halfLifeDays: halfLifeDays ?? null,
  expiryDays: expiryDays ?? null,
  cap: cap ?? null,
  version: version ?? 1,
})

/**
 * A dimension with its model as it is stored. The table of factors is made here, once, and read ever after (LS-2); another model gets
 * the next number, another name does not.
 */
export function storedDimension(edit: DimensionEdit, before: ScoreDimension | undefined): ScoreDimension {
  const was = shownDimension(before ?? { id: edit.id, name: edit.name })
  const pick = <K extends 'halfLifeDays' | 'expiryDays' | 'cap'>(key: K) => (edit[key] === undefined ? was[key] : edit[key])
  const model = { halfLifeDays: pick('halfLifeDays'), expiryDays: pick('expiryDays'), cap: pick('cap') }
  const same = model.halfLifeDays === was.halfLifeDays && model.expiryDays === was.expiryDays && model.cap === was.cap
  const factors = same ? before?.factors : modelFactors(model)
  const version = same ? was.version : was.version + (before ? 1 : 0)
  return { id: edit.id, name: edit.name, ...model, version, ...(factors ? { factors } : {}) }
}

/** Dimensions whose lines count otherwise than before: whoever reads them has to look again. */
export const remodelled = (before: readonly ScoreDimension[], after: readonly ScoreDimension[]): string[] =>
  after.filter((it) => before.some((was) => was.id === it.id && (was.version ?? 1) !== (it.version ?? 1))).map(({ id }) => id)
