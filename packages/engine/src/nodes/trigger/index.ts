import { compileWhere } from '../../condition/where.ts'
import { type CompiledTrigger, defineKind, type StepScope } from '../../kind.ts'
import type { Sentence } from '../../sentence.ts'
import { chosen, fault, missing, onward, plain, strong } from '../base.ts'
import { objectKey } from './match.ts'
import { type TriggerConfig, triggerConfig } from './schema.ts'

/** How people come in. Entering and leaving a trigger is one step; a paused flow takes it at resume. */
export const trigger = defineKind({
  type: 'trigger',
  category: 'trigger',
  rests: false,
  version: 1,
  migrations: [],
  config: triggerConfig,
  defaults: () => ({ v: 1, on: { kind: 'segment', segmentId: null } }),
  ports: () => [onward],
  references: ({ on }) => {
    if (on.kind === 'segment' && on.segmentId !== null) return [{ kind: 'segment', id: on.segmentId }]
    if (on.kind === 'event' && on.type !== null) return [{ kind: 'event', id: on.type }]
    return []
  },
  conditions: () => [],
  sentence: ({ on }, catalog): Sentence => {
    if (on.kind === 'segment') return [plain('When they join '), chosen(on.segmentId, catalog.segments, 'choose a segment')]
    if (on.kind === 'manual') return [plain('When they are added '), strong('by hand')]
    const rules = on.where.length === 0 ? [] : [plain(` with ${on.where.length} ${on.where.length === 1 ? 'condition' : 'conditions'}`)]
    const object = on.key === null ? [] : [plain(', once per '), strong(on.key)]
    return [plain('When '), on.type ? strong(on.type) : missing('choose an event'), plain(' happens'), ...rules, ...object]
  },
  check: ({ on }) => {
    if (on.kind === 'segment') {
      return on.segmentId === null ? [fault('trigger.segment', 'on.segmentId', 'Choose the segment whose new members come in.')] : []
    }
    if (on.kind === 'manual') return []
    const open = on.type ? [] : [fault('trigger.event', 'on.type', 'Choose the event that lets people in.')]
    const unnamed = on.key === '' ? [fault('trigger.key', 'on.key', 'Name the property that tells one order or booking from another.')] : []
    const where = compileWhere(on.where)
    const rules = 'issues' in where ? where.issues.map((it) => fault('trigger.where', `on.where.${it.path}`, it.say)) : []
    return [...open, ...unnamed, ...rules]
  },
  compile: (config) => {
    const enter = (scope: StepScope) => ({
      do: 'leave' as const,
      port: onward.id,
      reason: scope.enrolment.vars.entered ?? { code: 'trigger.manual' as const, by: { kind: 'system' as const, id: 'baton' } },
    })
    return { enter, due: enter, trigger: compiledTrigger(config), conditions: [] }
  },
})

function compiledTrigger({ on }: TriggerConfig): CompiledTrigger {
  if (on.kind === 'segment') return { on: { kind: 'segment-joined', segmentId: on.segmentId ?? '' } }
  if (on.kind === 'manual') return { on: { kind: 'manual' } }
  const where = compileWhere(on.where)
  return {
    on: { kind: 'event', type: on.type ?? '' },
    match: (event) => {
      if (!('ok' in where) || !where.ok.matches(event)) return undefined
      const key = objectKey(event, on.key)
      if (key === undefined) return undefined
      const seen = where.ok.explain(event)
      return { reason: { code: 'trigger.event', eventId: event.id, type: event.type, where: seen, occurredAt: event.occurredAt }, key }
    },
  }
}
