import type { Catalog, FieldValue, WalkMail } from '@baton/engine'
import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { MailFrame } from '../../ui/mail-frame.tsx'
import { Facts } from '../../ui/panel.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import type { Begin } from './protocol.ts'
import type { Walker } from './set-up.tsx'

type Fields = Readonly<Record<string, FieldValue>>

/** What the walk changed of a contact up to then: everything else is as stored. Of somebody made up, all there is. */
function fieldsFor(begin: Begin, fields: Fields): Record<string, FieldValue | null> {
  if (begin.who.kind === 'persona') return { ...fields }
  const before = begin.who.state.person.fields
  const keys = [...new Set([...Object.keys(before), ...Object.keys(fields)])]
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(fields[key]))
  return Object.fromEntries(changed.map((key) => [key, fields[key] ?? null]))
}

/** A mail of the walk, made by the server as it would be at that moment. Asked for once. */
export function useMail(mail: WalkMail | undefined, begin: Begin | null, contactId: number | null) {
  const given =
    mail && begin
      ? { templateId: mail.templateId, contactId, at: mail.at, fields: fieldsFor(begin, mail.fields), carried: mail.carried }
      : null
  return useQuery({
    queryKey: ['walk', 'mail', given],
    queryFn: ({ signal }) => {
      if (!given) throw new Error('No mail went out.')
      return client.walk.mail.mutate(given, { signal })
    },
    enabled: given !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
}

type Props = { mail: WalkMail; begin: Begin; walker: Walker; catalog: Catalog }

/** A mail that went out in the walk: what it is called, and the whole of it at a press. */
export function MailLook({ mail, begin, walker, catalog }: Props) {
  const [open, setOpen] = useState(false)
  const name = catalog.templates.find((it) => it.id === mail.templateId)?.name ?? 'A mail that is gone'
  return (
    <>
      <Button size="small" className="start" icon={<IconMail size={14} stroke={1.75} />} onClick={() => setOpen(true)}>
        Show the mail “{name}”
      </Button>
      <Dialog title={name} open={open} onClose={() => setOpen(false)} width={760}>
        {open && <Sheet mail={mail} begin={begin} walker={walker} />}
      </Dialog>
    </>
  )
}

function Sheet({ mail, begin, walker }: Omit<Props, 'catalog'>) {
  const { data, error, isPending } = useMail(mail, begin, walker.contactId)
  if (isPending) return <SkeletonText lines={10} />
  if (error) return <Callout tone="danger" title={problemWords(error)} />
  const [problem] = data.problems
  return (
    <div className="stack mail-sheet">
      <Facts
        facts={[
          ['Subject', data.mail?.subject ?? '–'],
          ['To', walker.name],
          ['Made', <DateText key="at" at={mail.at} style="full" />],
        ]}
      />
      {data.notices.map((it) => (
        <Callout key={it} tone="warn" title={it} />
      ))}
      {problem && <Callout tone="danger" title={`This message cannot be made: ${problem.message}`} />}
      {data.missing.length > 0 && <p className="small warn">Empty for them: {data.missing.join(', ')}.</p>}
      {data.mail && <MailFrame label="The mail as they would get it" html={data.mail.html} />}
      <p className="small muted">Nothing was sent, and its links lead nowhere.</p>
    </div>
  )
}
