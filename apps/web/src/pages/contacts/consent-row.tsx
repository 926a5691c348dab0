import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText } from '../../ui/date-text.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { toast } from '../../ui/toast.ts'
import { type Contact, nameOf } from './people.ts'
import { useChange } from './use-change.ts'

/** Whether we may write to them, and the button that records a yes or a no. */
export function ConsentRow({ contact }: { contact: Contact }) {
  const mayEdit = useMay('admin', 'marketer')
  const change = useChange(contact.id)
  const given = contact.consent.marketing
  const set = async (consent: boolean) => {
    const yes = await confirm(
      consent
        ? {
            title: `${nameOf(contact)} agreed to marketing mail?`,
            text:
              given === false
                ? 'They said no before. Record a yes only if they told you so themselves.'
                : 'It is noted with your name and the time.',
            deed: 'Record the yes',
          }
        : { title: `${nameOf(contact)} wants no marketing mail?`, text: 'Mail that waits is not sent any more.', deed: 'Record the no' },
    )
    if (!yes) return
    change.mutate({ id: contact.id, consent }, { onError: (error) => toast({ words: problemWords(error), bad: true }) })
  }
  return (
    <div className="stack">
      <div className="row">
        <span className="grow">
          {given === true ? (
            <StateDot tone="ok">Agreed to marketing mail</StateDot>
          ) : (
            <StateDot tone="faint">{given === false ? 'Said no to marketing mail' : 'Not asked yet'}</StateDot>
          )}
        </span>
        {mayEdit && (
          <Button size="small" busy={change.isPending} onClick={() => void set(given !== true)}>
            {given === true ? 'Record a no' : 'Record a yes'}
          </Button>
        )}
      </div>
      {contact.asks.map((ask) => (
        <p key={ask.at} className="small muted">
          Asked by mail on <DateText at={ask.at} style="full" /> (form {ask.formName}), not confirmed
        </p>
      ))}
      {contact.suppressed !== null && (
        <Callout tone="warn" title="No mail goes to this address">
          {suppressedWords(contact.suppressed)}
        </Callout>
      )}
    </div>
  )
}

const suppressedWords = (reason: string): string =>
  ({ bounced: 'A mail came back for good.', bounce: 'A mail came back for good.', complaint: 'They reported a mail as spam.' })[reason] ??
  `Reason: ${reason}.`
