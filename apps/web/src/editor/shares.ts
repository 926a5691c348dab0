import { percent } from '../ui/numbers.ts'

/** The stages of a roll-out. */
const STAGES = [0.01, 0.1, 1] as const

const words = (share: number) => (share === 1 ? 'All (100 %)' : share === 0 ? 'Nobody' : `${percent(share, 1)} of them`)

/** The stages to choose from, with the one that holds now where it is another. */
export const sharesWith = (now: number): readonly { value: string; label: string }[] =>
  [...new Set([...STAGES, now])].sort((a, b) => a - b).map((share) => ({ value: String(share), label: words(share) }))

/** "10 % of the people". */
export const shareWords = (share: number): string =>
  share === 1 ? 'everybody' : share === 0 ? 'nobody' : `${percent(share, 1)} of the people`
