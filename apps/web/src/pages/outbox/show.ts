/** What the list can be narrowed to. Tests are a list of their own. */
export const shows = ['all', 'waiting', 'sent', 'trouble', 'withdrawn', 'tests'] as const
export type Show = (typeof shows)[number]

export const isShow = (value: unknown): value is Show => shows.some((show) => show === value)
