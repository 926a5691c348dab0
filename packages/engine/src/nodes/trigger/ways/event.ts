import type { PropertyRule } from '../../../condition/schema.ts'
import { compileWhere } from '../../../condition/where.ts'
import type { CompiledTrigger } from '../../../kind.ts'
import { fault } from '../../base.ts'
import type { On } from '../schema.ts'
import { kept } from './keep.ts'
import { objectKey } from './match.ts'
import type { Way } from './way.ts'

/** Something happens. */
export const eventWay = (on: On<'event'>): Way => ({
  check: () => [
    ...(on.type ? [] : [fault('trigger.event', 'on.type', 'Choose the event that lets people in.')]),
    ...(on.key === '' ? [fault('trigger.key', 'on.key', 'Name the property that tells one order or booking from another.')] : []),
    ...whereFaults(on.where),
  ],
  compile: () => ({ trigger: { ...onEvent(on.type ?? '', on.where, on), historic: on.historic } }),
})

/** Comparisons of properties that do not fit. */
export function whereFaults(rules: readonly PropertyRule[]) {
  const where = compileWhere(rules)
  return 'issues' in where ? where.issues.map((it) => fault('trigger.where', `on.where.${it.path}`, it.say)) : []
}

/** A trigger on events of one type whose properties fit. */
export function onEvent(
  type: string,
  rules: readonly PropertyRule[],
  { key = null, keep = [] }: { key?: string | null; keep?: readonly string[] } = {},
): CompiledTrigger {
  const where = compileWhere(rules)
  return {
    on: { kind: 'event', type },
    match: (event) => {
      if (!('ok' in where) || !where.ok.matches(event)) return undefined
      const object = objectKey(event, key)
      if (object === undefined) return undefined
      const seen = where.ok.explain(event)
      const reason = { code: 'trigger.event' as const, eventId: event.id, type: event.type, where: seen, occurredAt: event.occurredAt }
      return { reason, key: object, data: kept(event, keep) }
    },
  }
}
