import type { Catalog } from '../../catalog.ts'
import { OPERATORS } from '../../condition/operators.ts'
import { comparisonWords } from '../../condition/words.ts'
import type { Reference } from '../../kind.ts'
import type { Sentence } from '../../sentence.ts'
import { chosen, missing, plain, strong } from '../base.ts'
import { recurrenceWords } from './recurrence-words.ts'
import type { MOMENTS, On, TriggerOn, ValueRule } from './schema.ts'

/** The event by which what sales does comes to be known. */
export const SALES_EVENT: Readonly<Record<(typeof MOMENTS)[number], string>> = {
  stage: 'lifecycle.changed',
  'handed-over': 'sales.handed-over',
  accepted: 'sales.accepted',
  rejected: 'sales.rejected',
  disqualified: 'sales.disqualified',
  breached: 'sales.breached',
  'no-response': 'sales.no-response',
  overflow: 'sales.overflow',
  attempted: 'sales.attempted',
  contacted: 'sales.contacted',
  'given-back': 'sales.given-back',
  opportunity: 'sales.opportunity',
  converted: 'sales.converted',
  lost: 'sales.lost',
}

const SALES_WORDS: Readonly<Record<Exclude<(typeof MOMENTS)[number], 'stage'>, readonly [string, string]>> = {
  'handed-over': ['When they are ', 'handed to sales'],
  accepted: ['When sales ', 'accepts them'],
  rejected: ['When sales ', 'rejects them'],
  disqualified: ['When sales ', 'disqualifies them'],
  breached: ['When sales ', 'answers too late'],
  'no-response': ['When sales ', 'never answers'],
  overflow: ['When sales ', 'has nobody to take them'],
  attempted: ['When sales ', 'does not reach them'],
  contacted: ['When sales ', 'reaches them'],
  'given-back': ['When a rep ', 'gives the lead back'],
  opportunity: ['When sales ', 'opens a deal'],
  converted: ['When they ', 'become a customer by sales'],
  lost: ['When sales ', 'loses them'],
}

/** What the stages are called within a sentence. */
const STAGES: Readonly<Record<On<'sales'>['stage'], string>> = {
  name: 'name',
  lead: 'lead',
  accepted: 'accepted lead',
  opportunity: 'opportunity',
  customer: 'customer',
  disqualified: 'disqualified',
  lost: 'lost',
}

const ASKED: Readonly<Record<On<'api' | 'flow' | 'manual'>['kind'], readonly [string, string]>> = {
  api: ['When ', 'a program lets them in'],
  flow: ['When ', 'another flow lets them in'],
  manual: ['When they are added ', 'by hand'],
}

const counted = (n: number): Sentence => (n === 0 ? [] : [plain(` with ${n} ${n === 1 ? 'condition' : 'conditions'}`)])

/** What a way in refers to outside the flow. */
export function triggerReferences(on: TriggerOn): readonly Reference[] {
  const one = (kind: Reference['kind'], id: string | null): Reference[] => (id === null ? [] : [{ kind, id }])
  switch (on.kind) {
    case 'segment':
    case 'schedule':
      return one('segment', on.segmentId)
    case 'event':
      return one('event', on.type)
    case 'field':
    case 'date':
      return one('field', on.field)
    case 'score':
      return one('dimension', on.dimension)
    case 'sales':
      return one('event', SALES_EVENT[on.what])
    case 'form':
      return one('form', on.formId)
    case 'api':
    case 'flow':
    case 'manual':
      return []
  }
}

/** The card's sentence. */
export function triggerWords(on: TriggerOn, catalog: Catalog): Sentence {
  switch (on.kind) {
    case 'segment':
      return [
        plain(on.way === 'joined' ? 'When they join ' : 'When they leave '),
        chosen(on.segmentId, catalog.segments, 'choose a segment'),
      ]
    case 'event': {
      const object = on.key === null ? [] : [plain(', once per '), strong(on.key)]
      return [
        plain('When '),
        on.type ? strong(on.type) : missing('choose an event'),
        plain(' happens'),
        ...counted(on.where.length),
        ...object,
      ]
    }
    case 'field':
      return fieldWords(on, catalog)
    case 'score':
      return [
        plain('When '),
        chosen(on.dimension, catalog.dimensions, 'choose a score'),
        plain(on.way === 'up' ? ' rises to ' : ' falls below '),
        on.points === null ? missing('how many points') : strong(String(on.points)),
      ]
    case 'sales': {
      if (on.what === 'stage') return [plain('When their stage becomes '), strong(STAGES[on.stage]), ...counted(on.where.length)]
      const [glue, deed] = SALES_WORDS[on.what]
      return [plain(glue), strong(deed), ...counted(on.where.length)]
    }
    case 'date':
      return dateWords(on, catalog)
    case 'schedule':
      return [strong(recurrenceWords(on.every)), plain(', everybody in '), chosen(on.segmentId, catalog.segments, 'choose a segment')]
    case 'form':
      return [plain('When they send '), chosen(on.formId, catalog.forms, 'choose a form')]
    case 'api':
    case 'flow':
    case 'manual':
      return [plain(ASKED[on.kind][0]), strong(ASKED[on.kind][1])]
  }
}

function fieldWords({ field, from, to }: On<'field'>, { fields }: Catalog): Sentence {
  const known = fields.find((it) => it.key === field)
  if (!known) return [plain('When '), missing('choose a field'), plain(' changes')]
  const words = (rule: ValueRule) => {
    const choice = OPERATORS[known.type].find((it) => it.op === rule.op)
    const said = choice ? comparisonWords(choice, rule.value) : [missing('choose a comparison')]
    return said.flatMap((it) => [plain(' '), it])
  }
  const before = from === null ? [] : [plain(', where it'), ...words(from), plain(' before')]
  const after = to === null ? [] : [plain(' and now'), ...words(to)]
  return [plain('When '), strong(known.label), plain(' changes'), ...after, ...before]
}

function dateWords({ field, amount, unit, side, time, yearly }: On<'date'>, { fields }: Catalog): Sentence {
  const label = chosen(
    field,
    fields.map(({ key, label: name }) => ({ id: key, name })),
    'choose a date field',
  )
  const far = amount === 0 ? [plain('On ')] : [strong(`${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`), plain(` ${side} `)]
  const clock = unit === 'hours' || fields.find((it) => it.key === field)?.type === 'datetime' ? [] : [plain(' at '), strong(time)]
  return [...far, label, ...(yearly ? [plain(', every year')] : []), ...clock]
}
