import { compareText } from '../text/compare.ts'

/** What stands in a line: when it came (ms since 1970), and what it is known by. */
export interface Arrival {
  at: number
  key: string
}

/** Orders those who wait: who came first stands first, of one instant by key, so that chance decides nothing. LR-14. */
export const byArrival = (left: Arrival, right: Arrival): number => left.at - right.at || compareText(left.key, right.key)
