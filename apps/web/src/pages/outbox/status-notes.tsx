import type { Answers } from '../../shell/api.ts'
import { Callout } from '../../ui/callout.tsx'
import { useNow } from '../../ui/date-text.tsx'
import { spanWords } from '../../ui/date-words.ts'
import { fullNumber } from '../../ui/numbers.ts'

/** Where mail goes, and why it does not leave. */
export function StatusNotes({ status }: { status: Answers['outbox']['status'] }) {
  const now = useNow()
  const { mail, counts, trouble } = status
  const waiting = counts.queued ?? 0
  const oldest = Math.min(...trouble.map((one) => one.since))
  const mails = (n: number) => (n === 1 ? '1 mail' : `${fullNumber(n)} mails`)
  return (
    <div className="outbox-notes">
      {mail.to === 'outbox' && (
        <Callout tone="warn" title="No mail server is set. Mail is kept here, and nobody gets it.">
          Flows go on as if it had been sent. To send for real, start Baton with SMTP_URL, for instance
          smtp://user:password@mail.example.com:587.
        </Callout>
      )}
      {trouble.map(({ error }) => (
        <Callout key={error} tone="danger" title={error}>
          {mails(waiting)} {waiting === 1 ? 'waits' : 'wait'}, the oldest for {spanWords(now - oldest)}. Nothing is lost: it is tried again
          by itself.
        </Callout>
      ))}
    </div>
  )
}
