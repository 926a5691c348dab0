import type { Catalog } from '../../catalog.ts'
import type { Sentence } from '../../sentence.ts'
import { chosen, missing, plain, strong } from '../base.ts'
import type { HandToSalesConfig } from './schema.ts'

const counted = (n: number, one: string) => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`

/** Working time as people say it: whole hours where they are whole. */
export const workingTime = (minutes: number): string =>
  minutes >= 60 && minutes % 60 === 0 ? counted(minutes / 60, 'working hour') : counted(minutes, 'working minute')

/** To whom, who of them, and within what time. */
export function handToSalesWords({ teamId, agreementId, level }: HandToSalesConfig, catalog: Catalog): Sentence {
  const who =
    agreementId === null
      ? [plain('Hand to ')]
      : [plain('Hand whoever meets '), chosen(agreementId, catalog.agreements, 'choose an agreement'), plain(' to ')]
  const fast =
    level === null
      ? []
      : [
          plain(', who '),
          plain('answers within '),
          level.minutes === null || level.minutes === 0 ? missing('how long') : strong(workingTime(level.minutes)),
        ]
  return [...who, chosen(teamId, catalog.teams, 'choose a team'), ...fast]
}
