import type { ClaimedEffect } from '@baton/db'
import type { EffectNews } from '@baton/engine'
import type { RunEvent } from './events.ts'

/** What the world answers to a call, and when. */
export interface Answer {
  at: number
  news: EffectNews
}

type Line = RunEvent & { happening: { do: 'webhook' } }
const isAnswer = (event: RunEvent): event is Line => event.happening.do === 'webhook'

/**
 * The answers of web addresses that an events file holds, each for one call: of the lines for this contact, and for this flow and step where
 * it says so, the first that is not used up and not earlier than the call. Without one a call fails at once.
 */
export function webhookAnswers(events: readonly RunEvent[], contactOf: (key: string) => number | undefined) {
  const open = events.filter(isAnswer)
  const given = new Map<string, Answer>()
  return {
    to(effect: Pick<ClaimedEffect, 'key' | 'contactId' | 'flowId' | 'node' | 'at'>): Answer | undefined {
      const known = given.get(effect.key)
      if (known) return known
      const index = open.findIndex(({ contact, receivedAt, happening: { flowId, node } }) => {
        const place = (flowId === null || flowId === effect.flowId) && (node === null || node === effect.node)
        return place && receivedAt >= effect.at && contactOf(contact) === effect.contactId
      })
      const [line] = index === -1 ? [] : open.splice(index, 1)
      if (!line) return undefined
      const { status, data, why } = line.happening
      const news: EffectNews = why === null ? { outcome: 'answered', status: status ?? 200, data } : { outcome: 'failed', status, why }
      given.set(effect.key, { at: line.receivedAt, news })
      return given.get(effect.key)
    },
    /** Lines that no call has used. */
    unused: (): readonly RunEvent[] => open,
  }
}
export type WebhookAnswers = ReturnType<typeof webhookAnswers>
