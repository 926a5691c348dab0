import type { Reason as AnyReason, SentencePart } from '@baton/engine'
import { actorWords, type Fact, nameIn, plain, type ReasonScope, shown, strong } from './parts.ts'

/** The codes of new versions over people in flight, and of flows inside flows. */
const CODES = ['migrated', 'sub-flow.entered', 'sub-flow.left'] as const
export type VersionReason = Extract<AnyReason, { code: (typeof CODES)[number] }>

const codes: ReadonlySet<string> = new Set(CODES)
export const isVersion = (reason: { code: string }): reason is VersionReason => codes.has(reason.code)

/** One sentence for such a step. */
export function versionWords(reason: VersionReason, { catalog }: ReasonScope): readonly SentencePart[] {
  switch (reason.code) {
    case 'migrated': {
      const to = strong(`version ${reason.to}`)
      if (reason.reverts !== undefined) return [plain('Back in '), to, plain(`, by ${actorWords(reason.by)}`)]
      if (reason.answer === 'leave') return [plain('Left when '), to, plain(` was published by ${actorWords(reason.by)}`)]
      return [
        plain(reason.answer === 'same' ? 'Stays here in ' : 'Put at another step by '),
        to,
        plain(`, published by ${actorWords(reason.by)}`),
      ]
    }
    case 'sub-flow.entered':
      return [plain('Went into '), strong(nameIn(catalog.flows, reason.flowId, 'a flow that is gone'))]
    case 'sub-flow.left':
      return [plain('Came back from '), strong(nameIn(catalog.flows, reason.flowId, 'a flow that is gone'))]
  }
}

/** Everything such a reason holds, as a table. */
export function versionFacts(reason: VersionReason): Fact[] {
  if (reason.code !== 'migrated') return [{ name: 'Version', value: shown(reason.version) }]
  return [
    { name: 'From version', value: shown(reason.from) },
    { name: 'To version', value: shown(reason.to) },
    { name: 'By', value: `${reason.by.name ?? reason.by.id} (${reason.by.kind})` },
  ]
}
