import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { confirm } from '../../ui/confirm.ts'
import { toast } from '../../ui/toast.ts'
import { withdrawnWords } from './words.ts'

type Mail = Answers['outbox']['get']['row']

/** What happened to a mail in a sentence, and what can be done about it. */
export function Deeds({ mail }: { mail: Mail }) {
  const mayAct = useMay('admin', 'marketer')
  const queries = useQueryClient()
  const options = {
    onSuccess: () => toast({ words: 'It goes out again now.' }),
    onError: (error: unknown) => toast({ words: problemWords(error), bad: true }),
    onSettled: () => queries.invalidateQueries(api.outbox.pathFilter()),
  }
  const retry = useMutation(api.outbox.retry.mutationOptions(options))
  const again = useMutation(api.outbox.again.mutationOptions(options))
  const askAgain = async () => {
    const text =
      'If the first one did arrive, they may get it twice. It is the same text under the same Message-ID, so most mailboxes show it once.'
    if (await confirm({ title: `Send it once more to ${mail.to ?? 'this person'}?`, text, deed: 'Send again' }))
      again.mutate({ id: mail.id })
  }
  switch (mail.status) {
    case 'failed':
      return (
        <Callout
          tone="danger"
          title={mail.error ?? 'It could not be sent.'}
          action={
            mayAct && (
              <Button size="small" busy={retry.isPending} onClick={() => retry.mutate({ id: mail.id })}>
                Try again
              </Button>
            )
          }
        >
          It is not tried again by itself. Correct what is named here, then try again: the mail is made anew.
        </Callout>
      )
    case 'unknown':
      return (
        <Callout
          tone="warn"
          title="Nobody knows whether it arrived"
          action={
            mayAct && (
              <Button size="small" busy={again.isPending} onClick={() => void askAgain()}>
                Send again…
              </Button>
            )
          }
        >
          {mail.error} It is never sent again by itself. The log of your mail server says whether it took {mail.messageId}.
        </Callout>
      )
    case 'withdrawn':
      return <Callout title="Not sent">{withdrawnWords(mail.error)}</Callout>
    case 'queued':
      return mail.error === null ? null : (
        <Callout tone="warn" title={mail.error}>
          It is tried again by itself.
        </Callout>
      )
    case 'sent':
      return mail.transport === 'outbox' ? (
        <Callout tone="warn" title="Kept here, not sent">
          No mail server was set when it was due. This is exactly what would have gone out.
        </Callout>
      ) : null
    case 'sending':
      return null
  }
}
