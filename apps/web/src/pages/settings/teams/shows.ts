/** The parts of a team's page, as its address names them. */
export const SHOWS = ['members', 'next', 'absences', 'territories', 'report'] as const
export type Show = (typeof SHOWS)[number]
