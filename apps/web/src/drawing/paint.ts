/** The colour of a token: a custom property on the page, its value in a file that must stand alone. */
export type Paint = (token: string) => string

/** Follows the theme of the page. */
export const onPage: Paint = (token) => `var(--${token})`
