import type { ConnectProblem, MailToSend, MailTransport, SendOutcome } from './outcome.ts'
import { openConversation, type SmtpConversation, type SmtpTimeouts } from './smtp-conversation.ts'
import { parseSmtpUrl, type SmtpAddress } from './smtp-url.ts'

/** Times in milliseconds; each has a default that suits a real mail server. */
export type SmtpOptions = Partial<SmtpTimeouts> & {
  /** Connections at the same time. */
  connections?: number | undefined
  /** Mails over one connection before a new one is made; servers limit this. */
  mailsPerConnection?: number | undefined
  /** How long an unused connection is kept. */
  idleMs?: number | undefined
}

const timeoutsOf = ({ connectMs = 15_000, greetingMs = 15_000, socketMs = 60_000 }: SmtpOptions): SmtpTimeouts => ({
  connectMs,
  greetingMs,
  socketMs,
})

type Slot = { conversation: SmtpConversation; sent: number }

/**
 * A transport over SMTP with a pool of connections. Mails beyond the pool wait in order.
 * A wrong SMTP_URL makes every send `unreachable` with reason `address`.
 */
export function smtpTransport(url: string, options: SmtpOptions = {}): MailTransport {
  const parsed = parseSmtpUrl(url)
  if ('problem' in parsed) {
    return {
      send: async () => ({ outcome: 'unreachable', at: 'server', reason: 'address', message: parsed.problem }),
      close: async () => {},
    }
  }
  return pooled(parsed.ok, options)
}

function pooled(address: SmtpAddress, options: SmtpOptions): MailTransport {
  const { connections = 5, mailsPerConnection = 100, idleMs = 20_000 } = options
  const timeouts = timeoutsOf(options)
  const idle: { slot: Slot; timer: NodeJS.Timeout }[] = []
  const waiting: (() => void)[] = []
  const running = new Set<Promise<unknown>>()
  const leaving = new Set<Promise<void>>()
  let busy = 0

  const retire = ({ conversation }: Slot): void => {
    const gone = conversation.quit().finally(() => leaving.delete(gone))
    leaving.add(gone)
  }

  const takeIdle = (): Slot | undefined => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      clearTimeout(kept.timer)
      if (kept.slot.conversation.isOpen()) return kept.slot
      retire(kept.slot)
    }
    return undefined
  }

  const giveBack = (slot: Slot): void => {
    if (!slot.conversation.isOpen() || slot.sent >= mailsPerConnection) {
      retire(slot)
      return
    }
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((kept) => kept.slot === slot),
        1,
      )
      retire(slot)
    }, idleMs)
    timer.unref()
    idle.push({ slot, timer })
  }

  const sendOver = async (slot: Slot, mail: MailToSend): Promise<SendOutcome> => {
    slot.sent += 1
    const outcome = await slot.conversation.send(mail)
    giveBack(slot)
    return outcome
  }

  const sendNow = async (mail: MailToSend): Promise<SendOutcome> => {
    const kept = takeIdle()
    if (kept) {
      const outcome = await sendOver(kept, mail)
      // A kept connection may have been closed by the server meanwhile. Nothing was handed over, so once more, afresh; not where it
      // fell silent, which would cost the same time once more.
      if (outcome.outcome !== 'unreachable' || outcome.reason === 'timeout') return outcome
    }
    const opened = await openConversation(address, timeouts)
    return 'failed' in opened ? opened.failed : sendOver({ conversation: opened.ok, sent: 0 }, mail)
  }

  const inTurn = async (mail: MailToSend): Promise<SendOutcome> => {
    if (busy >= connections) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await sendNow(mail)
    } finally {
      // The place is handed on, not freed, so that nobody overtakes those who wait.
      const next = waiting.shift()
      if (next) next()
      else busy -= 1
    }
  }

  return {
    send(mail) {
      const sending = inTurn(mail).finally(() => running.delete(sending))
      running.add(sending)
      return sending
    },
    async close() {
      await Promise.allSettled(running)
      for (const { slot, timer } of idle.splice(0)) {
        clearTimeout(timer)
        retire(slot)
      }
      await Promise.all(leaving)
    },
  }
}

/** Tries SMTP_URL as far as signing in, without sending anything; for the settings page. */
export async function verifySmtp(url: string, options: SmtpOptions = {}): Promise<{ ok: true } | { problem: ConnectProblem }> {
  const parsed = parseSmtpUrl(url)
  if ('problem' in parsed) return { problem: { reason: 'address', message: parsed.problem } }
  const opened = await openConversation(parsed.ok, timeoutsOf(options))
  if ('failed' in opened) return { problem: { reason: opened.failed.reason, message: opened.failed.message } }
  await opened.ok.quit()
  return { ok: true }
}
