import type { Answers } from '../../shell/api.ts'

export type Report = Answers['scores']['report']

export const shareText = (share: number): string => `${(share * 100).toFixed(1)} %`

/** What an area means, in a word. The bounds are those of Hosmer and Lemeshow, Applied Logistic Regression. */
export function aucWords(auc: number): string {
  if (auc < 0.5) return 'The lowest scores are the better ones: something is upside down.'
  if (auc < 0.6) return 'Hardly better than chance.'
  if (auc < 0.7) return 'Better than chance, not by much.'
  if (auc < 0.8) return 'It ranks acceptably.'
  if (auc < 0.9) return 'It ranks very well.'
  return 'Too good to be plausible: does a rule know the outcome?'
}
