import type { SentencePart } from '@baton/engine'
import { pointsWords, type Reason } from './people.ts'
import { actionWords, isAction } from './reasons/action.ts'
import { actorWords, because, nameIn, plain, type ReasonScope, strong } from './reasons/parts.ts'
import { isMade, madeWords } from './reasons/person.ts'
import { isSales, salesWords } from './reasons/sales.ts'
import { isSend, sendWords } from './reasons/send.ts'
import { isTrigger, triggerWords } from './reasons/trigger.ts'
import { isVersion, versionWords } from './reasons/version.ts'
import { isWait, waitReasonWords } from './reasons/wait.ts'

const values = (value: unknown): string =>
  value === null || value === undefined || value === '' ? 'empty' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Why a step was taken, as one sentence. Every code has its words. */
export function reasonWords(reason: Reason, scope: ReasonScope): readonly SentencePart[] {
  const { catalog, portName } = scope
  if (isTrigger(reason)) return triggerWords(reason, scope)
  if (isWait(reason)) return waitReasonWords(reason, scope)
  if (isAction(reason)) return actionWords(reason, scope)
  if (isMade(reason)) return madeWords(reason, scope)
  if (isSend(reason)) return sendWords(reason, scope)
  if (isSales(reason)) return salesWords(reason, scope)
  if (isVersion(reason)) return versionWords(reason, scope)
  switch (reason.code) {
    case 'branch.case': {
      const taken = reason.cases.find((it) => it.id === reason.case)
      return [plain('Went to '), strong(portName(reason.case)), plain(taken ? `: ${because(taken, catalog)}` : '')]
    }
    case 'branch.otherwise': {
      const unknown = reason.cases.filter((it) => it.truth === null).length
      const why =
        unknown === 0
          ? 'no case was true'
          : unknown === reason.cases.length
            ? 'no case could be decided'
            : 'no case was true, some could not be decided'
      return [plain('Went to '), strong(portName('otherwise')), plain(`: ${why}`)]
    }
    case 'score.added': {
      const name = nameIn(catalog.dimensions, reason.dimension, 'a score that is gone')
      return [
        strong(pointsWords(reason.points, true)),
        plain(` ${name}: from ${pointsWords(reason.before)} to `),
        strong(pointsWords(reason.after)),
      ]
    }
    case 'field.set': {
      const label = catalog.fields.find((it) => it.key === reason.key)?.label ?? reason.key
      return [strong(label), plain(`: from ${values(reason.before)} to `), strong(values(reason.after))]
    }
    case 'exit':
      return [plain(reason.finished ? 'Finished' : 'Left'), plain(reason.label === '' ? '' : ': '), strong(reason.label)]
    case 'removed':
      return [plain('Taken out by '), strong(actorWords(reason.by))]
    case 'left-segment':
      return [
        plain('Left '),
        strong(nameIn(catalog.segments, reason.segmentId, 'the segment')),
        plain(', and the flow is only for people in it'),
      ]
    case 'restarted':
      return [plain('Began anew: '), strong(actorWords(reason.by))]
    case 'goal.reached':
      return [plain('Reached the goal: '), strong(because({ id: '', truth: true, rules: reason.rules }, catalog))]
    case 'exit-rule':
      return [plain('Left by the flow’s rule: '), strong(because({ id: '', truth: true, rules: reason.rules }, catalog))]
    case 'moved':
      return [plain('Moved by '), strong(actorWords(reason.by))]
    case 'merged':
      return [plain('Two contacts were one person: went on in the other passage')]
    case 'flow-stopped':
      return [plain('The flow was stopped')]
    case 'no-way-on':
      return [...reasonWords(reason.because, scope), plain('; this way leads nowhere, so they left')]
  }
}
