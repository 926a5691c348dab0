/** What the page shows, and what of it. */
export const views = ['calls', 'notes', 'lines'] as const
export type View = (typeof views)[number]
export const shows = ['all', 'waiting', 'done', 'failed', 'cancelled'] as const
export type Show = (typeof shows)[number]

export const isView = (value: unknown): value is View => views.some((view) => view === value)
export const isShow = (value: unknown): value is Show => shows.some((show) => show === value)
