const MINUTE = 60_000

/** After the n-th attempt that a mail server put off: when to try again. Over a good three days, as mail servers do themselves. */
const PUT_OFF = [1, 5, 15, 60, 180, 360, 720, 1440, 1440].map((minutes) => minutes * MINUTE)
/** While no mail server answers at all: one try of a single mail each. */
const UNREACHABLE = [5_000, 15_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE]

/** Something is missing in the settings: looked at again after this. */
export const SETTINGS_AGAIN = MINUTE
/** Mails to a domain that takes no more, and that stand before others: looked at again after this. */
export const BUSY_AGAIN = MINUTE

/** @param attempts made so far, from 1 @returns ms until the next one; null when it is enough */
export const putOffFor = (attempts: number): number | null => PUT_OFF[attempts - 1] ?? null

/** @param failures in a row, from 1 */
export const unreachableFor = (failures: number): number => UNREACHABLE[Math.min(failures, UNREACHABLE.length) - 1] ?? MINUTE
