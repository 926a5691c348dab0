import type { Answers } from '../../shell/api.ts'
import { fullNumber } from '../../ui/numbers.ts'

type Tripped = NonNullable<Answers['sending']['flow']['tripped']>

const shares: Readonly<Record<Exclude<Tripped['rule'], 'mailsPerHour'>, string>> = {
  bounces: 'bounced',
  complaints: 'were reported as spam',
  unsubscribes: 'were answered by unsubscribing',
}

/** Why a flow was paused by itself: "12 % of 340 mails bounced, more than 5 %". */
export function trippedWords({ rule, limit, seen, mails }: Tripped): string {
  if (rule === 'mailsPerHour') return `${fullNumber(seen)} mails within an hour, more than ${fullNumber(limit)}`
  // The sign stays with its number at the end of a line.
  const percent = (value: number) => `${fullNumber(value)}\u00A0%`
  return `${percent(seen)} of ${fullNumber(mails)} mails ${shares[rule]}, more than ${percent(limit)}`
}
