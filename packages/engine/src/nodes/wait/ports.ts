/** The way of those who come after the date, where the author gives them one. */
export const TOO_LATE = 'too-late'
/** The way of those who have no date. */
export const NO_DATE = 'no-date'
/** The way of those for whom nothing happened in time. */
export const TIME_OUT = 'time-out'
