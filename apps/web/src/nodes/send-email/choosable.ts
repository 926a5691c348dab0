import type { Catalog } from '@baton/engine'

/** The mails of the picker: those put away are not offered, but one that is chosen already keeps its name. */
export const choosable = (templates: Catalog['templates'], chosen: string | null): Catalog['templates'] =>
  templates.filter((it) => it.archived !== true || it.id === chosen)
