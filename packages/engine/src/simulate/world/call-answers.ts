import type { EffectNews } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { RunEvent } from './events-file.ts'

/** What the world answers to a call, and when. */
export interface CallAnswer {
  at: Instant
  news: EffectNews
}

/** A call of a web address as far as an answer is looked for. `contact` as the caller tells people apart. */
export interface AskedCall<Contact> {
  key: string
  contact: Contact
  flowId: string
  node: string
  at: Instant
}

type Line = RunEvent & { happening: { do: 'webhook' } }
const isAnswer = (event: RunEvent): event is Line => event.happening.do === 'webhook'

/**
 * The answers of web addresses that an events file holds, each for one call: of the lines for this contact, and for this flow and step where
 * it says so, the first that is not used up and not earlier than the call. Without one a call fails at once. S-4.
 */
export function callAnswers<Contact>(events: readonly RunEvent[], contactOf: (key: string) => Contact | undefined) {
  const open = events.filter(isAnswer)
  const given = new Map<string, CallAnswer>()
  return {
    to(call: AskedCall<Contact>): CallAnswer | undefined {
      const known = given.get(call.key)
      if (known) return known
      const index = open.findIndex(({ contact, receivedAt, happening: { flowId, node } }) => {
        const place = (flowId === null || flowId === call.flowId) && (node === null || node === call.node)
        return place && receivedAt >= call.at && contactOf(contact) === call.contact
      })
      const [line] = index === -1 ? [] : open.splice(index, 1)
      if (!line) return undefined
      const { status, data, why } = line.happening
      const news: EffectNews = why === null ? { outcome: 'answered', status: status ?? 200, data } : { outcome: 'failed', status, why }
      given.set(call.key, { at: line.receivedAt, news })
      return given.get(call.key)
    },
    /** Lines that no call has used. */
    unused: (): readonly RunEvent[] => open,
  }
}
export type CallAnswers<Contact> = ReturnType<typeof callAnswers<Contact>>
