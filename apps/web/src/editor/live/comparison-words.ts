import type { Answers } from '../../shell/api.ts'
import { fullNumber } from '../../ui/numbers.ts'

type Way = Answers['live']['comparison']['ways'][number]

/** A share in per cent, with one decimal below ten. */
export const percent = (share: number): string => {
  const hundred = share * 100
  return `${hundred < 10 ? hundred.toFixed(1) : Math.round(hundred)}%`
}

/** How a way stands against the one that it is compared with. */
export function verdictWords({ against }: Pick<Way, 'against'>): { tone: 'good' | 'bad' | 'plain'; word: string } {
  switch (against?.verdict) {
    case 'better':
      return { tone: 'good', word: 'is better' }
    case 'worse':
      return { tone: 'bad', word: 'is worse' }
    case 'none':
      return { tone: 'plain', word: 'shows no difference yet' }
    case 'too-few':
      return { tone: 'plain', word: 'has too few people for a verdict' }
    case undefined:
      return { tone: 'plain', word: '' }
  }
}

/** About so many: two figures are enough for a forecast. */
const about = (n: number): string => {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1)
  return fullNumber(Math.ceil(n / size) * size)
}

const points = (difference: number) => {
  const shown = Math.abs(difference * 100).toFixed(1)
  return `${shown} ${shown === '1.0' ? 'point' : 'points'}`
}

/** What the numbers show, a sentence for each way that is compared; then how many people still have time. */
export function comparisonWords(ways: readonly Way[]): string[] {
  const base = ways.find((it) => it.against === null)
  const open = ways.reduce((sum, it) => sum + it.open, 0)
  const verdicts = ways.flatMap(({ name, against, needed }) => {
    if (!against || !base) return []
    const { word } = verdictWords({ against })
    if (against.verdict === 'better' || against.verdict === 'worse') {
      const more = against.verdict === 'better' ? 'more' : 'fewer'
      return [`${name} ${word} than ${base.name}: ${points(against.difference)} ${more}, shown at 95%.`]
    }
    const missing = needed === null ? '' : ` About ${about(needed)} more people are needed to show one like today’s.`
    return [`${name} ${word}, against ${base.name}.${missing}`]
  })
  const waiting = open === 0 ? [] : [`${open === 1 ? '1 person still has' : `${fullNumber(open)} people still have`} time.`]
  return [...verdicts, ...waiting]
}
