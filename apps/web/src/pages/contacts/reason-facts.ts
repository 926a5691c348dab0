import { pointsWords, type Reason } from './people.ts'
import { reasonWords } from './reason-words.ts'
import { actionFacts, isAction } from './reasons/action.ts'
import { caseFacts, type Fact, type ReasonScope, ruleWords, sawWords, shown, truthWords, utc } from './reasons/parts.ts'
import { isMade, madeFacts } from './reasons/person.ts'
import { isSales, salesFacts } from './reasons/sales.ts'
import { isSend, sendFacts } from './reasons/send.ts'
import { isTrigger, triggerFacts } from './reasons/trigger.ts'
import { isVersion, versionFacts } from './reasons/version.ts'
import { isWait, waitFacts } from './reasons/wait.ts'

/** Everything a reason holds, as a table: what was seen, against what, in which zone, what was wanted and what came. */
export function reasonFacts(reason: Reason, scope: ReasonScope): Fact[] {
  if (isTrigger(reason)) return triggerFacts(reason, scope)
  if (isAction(reason)) return actionFacts(reason, scope)
  if (isMade(reason)) return madeFacts(reason, scope)
  if (isWait(reason)) return waitFacts(reason, scope)
  if (isSend(reason)) return sendFacts(reason, scope)
  if (isSales(reason)) return salesFacts(reason, scope)
  if (isVersion(reason)) return versionFacts(reason)
  switch (reason.code) {
    case 'removed':
    case 'restarted':
      return [{ name: 'By', value: `${reason.by.name ?? reason.by.id} (${reason.by.kind})` }]
    case 'branch.case':
    case 'branch.otherwise':
      return [
        ...caseFacts(reason.cases, scope),
        { head: 'When', name: 'Looked at', value: utc(reason.now) },
        { head: 'When', name: 'In the flow since', value: utc(reason.enteredAt) },
      ]
    case 'score.added':
      return [
        { name: 'Points', value: pointsWords(reason.points, true) },
        { name: 'Before', value: pointsWords(reason.before) },
        { name: 'After', value: pointsWords(reason.after) },
        ...(reason.limit ? [{ name: 'The most that counts', value: pointsWords(reason.limit.most) }] : []),
      ]
    case 'field.set':
      return [
        { name: 'Before', value: shown(reason.before) },
        { name: 'After', value: shown(reason.after) },
      ]
    case 'exit':
      return [{ name: 'Counts as finished', value: shown(reason.finished) }]
    case 'goal.reached':
    case 'exit-rule':
      return [
        ...reason.rules.map((it) => ({ name: ruleWords(it, scope.catalog), value: `saw ${sawWords(it)}: ${truthWords(it.truth)}` })),
        { name: 'Looked at', value: utc(reason.now) },
        { name: 'In the flow since', value: utc(reason.enteredAt) },
      ]
    case 'moved':
      return [{ name: 'By', value: `${reason.by.name ?? reason.by.id} (${reason.by.kind})` }]
    case 'left-segment':
    case 'flow-stopped':
    case 'merged':
      return []
    case 'no-way-on':
      return [
        { name: 'Way that leads nowhere', value: scope.portName(reason.port) },
        {
          name: 'Would have left because',
          value: reasonWords(reason.because, scope)
            .map((it) => it.text)
            .join(''),
        },
        ...reasonFacts(reason.because, scope),
      ]
  }
}
