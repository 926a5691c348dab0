import type { MigrationAnswer } from '@baton/engine'
import type { Answers } from '../../shell/api.ts'
import { fullNumber } from '../../ui/numbers.ts'

export type PeoplePreview = NonNullable<Answers['migration']['plan']>
export type Given = Readonly<Record<string, MigrationAnswer>>

/** What goes with a publish about those inside; `lacks`: why it cannot go yet. `people` absent: they stay on their version. */
export interface PeoplePlan {
  people: { answers: Given; confirmed?: number } | undefined
  lacks: string | null
}

const AT = 'at:'

/** An answer as a list of choices holds it; null: none yet. */
export function choiceOf(answer: MigrationAnswer | { do: 'same' } | null): string | null {
  if (answer === null) return null
  return answer.do === 'go-on' ? `${AT}${answer.node}` : answer.do
}

/** The answers with one more; the default is not said. */
export function withChoice(given: Given, node: string, choice: string): Given {
  const { [node]: _, ...rest } = given
  if (choice.startsWith(AT)) return { ...rest, [node]: { do: 'go-on', node: choice.slice(AT.length) } }
  if (choice === 'leave' || choice === 'stay') return { ...rest, [node]: { do: choice } }
  return rest
}

const people = (n: number) => `${fullNumber(n)} ${n === 1 ? 'person' : 'people'}`
const list = (parts: readonly string[]) => (parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`)

/** What becomes of everybody, in one sentence. */
export function sumWords({ people: all, same, goOn, leave, stay, open, version }: PeoplePreview): string {
  const parts = [
    same > 0 && `${fullNumber(same)} ${same === 1 ? 'stays' : 'stay'} at the step`,
    goOn > 0 && `${fullNumber(goOn)} ${goOn === 1 ? 'goes' : 'go'} on elsewhere`,
    leave > 0 && `${fullNumber(leave)} ${leave === 1 ? 'leaves' : 'leave'}`,
    stay > 0 && `${fullNumber(stay)} ${stay === 1 ? 'stays' : 'stay'} on the old version`,
    open > 0 && `${fullNumber(open)} still ${open === 1 ? 'needs' : 'need'} an answer`,
  ].filter((it) => it !== false)
  return `Of ${people(all)}, ${list(parts)}: version ${version} takes ${fullNumber(same + goOn)} along.`
}

/** What goes out as they are moved. */
export function atOnceWords({ mails, handoffs, effects }: Pick<PeoplePreview, 'mails' | 'handoffs' | 'effects'>): string {
  const parts = [
    mails > 0 && `${fullNumber(mails)} ${mails === 1 ? 'mail' : 'mails'}`,
    handoffs > 0 && `${fullNumber(handoffs)} ${handoffs === 1 ? 'lead' : 'leads'}`,
    effects > 0 && `${fullNumber(effects)} ${effects === 1 ? 'call or note' : 'calls and notes'}`,
  ].filter((it) => it !== false)
  return parts.length === 0
    ? 'Nothing goes out at once.'
    : `At once ${list(parts)} ${mails + handoffs + effects === 1 ? 'goes' : 'go'} out.`
}

/** Why it cannot be published yet, as far as those inside are concerned. */
export function lackOf({ open, atOnce, limit, lines }: PeoplePreview, typed: string): string | null {
  if (open > 0) return `Say what becomes of ${people(open)} inside.`
  if (lines.some((it) => it.wrong)) return 'Some people would go on at a step that is not there. Choose another.'
  if (atOnce > limit && Number(typed.replaceAll(/[\s,.]/g, '')) !== atOnce) return `Type ${fullNumber(atOnce)} to confirm.`
  return null
}
