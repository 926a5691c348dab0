/** The thresholds of the grade, in hundredths: fit at least so much is A, B, C; engagement at least so much is 1, 2, 3. Falling. */
export interface GradeModel {
  fit: { dimension: string; at: readonly [number, number, number] }
  engagement: { dimension: string; at: readonly [number, number, number] }
}

const LETTERS = ['A', 'B', 'C', 'D'] as const
const NUMBERS = ['1', '2', '3', '4'] as const

/** How well somebody fits (A is best) and how interested they are (1 is best). */
export type Grade = `${(typeof LETTERS)[number]}${(typeof NUMBERS)[number]}`

/** Every grade there is, row by row: A1 to D4. */
export const GRADES: readonly Grade[] = LETTERS.flatMap((letter) => NUMBERS.map((number): Grade => `${letter}${number}`))

/** The first threshold that a score (in hundredths) reaches; behind the last where it reaches none. */
function place(score: number, at: readonly [number, number, number]): 0 | 1 | 2 | 3 {
  if (score >= at[0]) return 0
  if (score >= at[1]) return 1
  return score >= at[2] ? 2 : 3
}

/** The grade of two scores in hundredths. Rule LS-11. */
export const gradeOf = (fit: number, engagement: number, model: GradeModel): Grade =>
  `${LETTERS[place(fit, model.fit.at)]}${NUMBERS[place(engagement, model.engagement.at)]}`
