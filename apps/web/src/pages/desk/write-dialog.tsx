import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, client } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems, problemWords } from '../../shell/problem.ts'
import { Callout } from '../../ui/callout.tsx'
import { clockWords, dateWords } from '../../ui/date-words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Select, Textarea, TextInput } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import type { DeedDialogProps } from './dialog-props.ts'
import { gateWords } from './mail-words.ts'
import { useRefreshDesk } from './queries.ts'

/** So long after the last letter a draft is kept. */
const REST = 1_200

const withSignature = (signature: string) => (signature === '' ? '' : `\n\n${signature}`)

/** A mail to the lead, through the gate. What is written is kept as it is written; closing the dialog loses nothing. */
export function WriteDialog({ lead, onClose, onFailed }: DeedDialogProps) {
  const { mail } = lead
  const [subject, setSubject] = useState(lead.draft?.subject ?? '')
  const [body, setBody] = useState(lead.draft?.body ?? withSignature(mail?.signature ?? ''))
  const [filling, setFilling] = useState(false)
  const [templateId, setTemplateId] = useState<string | null>(null)
  const refresh = useRefreshDesk()
  const saved = useDraft(lead.id, { subject, body }, lead.draft?.updatedAt ?? null)
  const templates = useQuery(api.desk.templates.queryOptions(undefined, { staleTime: 60_000 })).data ?? []
  const send = useMutation(
    api.desk.write.mutationOptions({
      onSuccess: async ({ at }) => {
        saved.settle()
        onClose()
        const when = at === null ? 'is on its way' : `goes ${dateWords(at, { now: Date.now() })}`
        toast({ words: `Your mail to ${lead.name} ${when}. The clock has stopped.` })
        await refresh()
      },
      onError: async (error) => {
        await onFailed(error)
      },
    }),
  )
  if (mail === null) return null
  const gate = gateWords(mail, lead.name, Date.now())
  const fill = async (id: string | null) => {
    if (id === null) return
    setTemplateId(id)
    setFilling(true)
    try {
      const filled = await client.desk.fill.query({ id: lead.id, templateId: id })
      setSubject(filled.subject)
      setBody(`${filled.body}${withSignature(mail.signature)}`)
    } catch (error) {
      toast({ words: problemWords(error), bad: true })
    } finally {
      setFilling(false)
    }
  }
  const wrong = fieldProblems(send.error)
  const close = () => {
    saved.now()
    onClose()
  }
  return (
    <Dialog title={`Write to ${lead.name}`} open onClose={close} width={640}>
      <DialogForm
        error={send.error}
        deed={mail.verdict === 'quiet' ? 'Send when it may go' : 'Send'}
        busy={send.isPending}
        disabled={gate?.shut === true || subject.trim() === '' || body.trim() === ''}
        onSubmit={() => send.mutate({ id: lead.id, rev: lead.rev, subject, body })}
        onClose={close}
      >
        {gate && (
          <Callout tone={gate.shut ? 'warn' : 'plain'} title={gate.title}>
            {gate.more}
          </Callout>
        )}
        <p className="small muted write-from">
          <span className="clip">
            From {mail.from.name} &lt;{mail.from.address}&gt; to {lead.contact?.email ?? 'nobody'}
            {mail.replyTo !== null && `, answers to ${mail.replyTo.address}`}
          </span>
          <span className="right num">
            {mail.left} of {mail.limit} mails left
          </span>
        </p>
        {templates.length > 0 && (
          <Select
            label="Begin from"
            placeholder="An empty mail"
            data={templates.map(({ id, name }) => ({ value: id, label: name }))}
            value={templateId}
            searchable={templates.length > 8}
            disabled={filling}
            onChange={(id) => void fill(id)}
          />
        )}
        <TextInput
          label="Subject"
          value={subject}
          data-autofocus
          error={wrong.subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label="Mail"
          autosize
          minRows={9}
          maxRows={18}
          value={body}
          error={wrong.body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <p className="small muted" aria-live="polite">
          {saved.failed
            ? 'The draft could not be kept. It stays here while this is open.'
            : saved.at === null
              ? 'The foot with the postal address and the way to unsubscribe is added by itself.'
              : `Draft kept at ${clockWords(saved.at)}. While you write, the lead is not taken away.`}
        </p>
      </DialogForm>
    </Dialog>
  )
}

/** Keeps what is written a moment after the last letter. */
function useDraft(id: number, text: { subject: string; body: string }, keptAt: number | null) {
  const [at, setAt] = useState(keptAt)
  const [failed, setFailed] = useState(false)
  const kept = useRef(text)
  const latest = useRef(text)
  const over = useRef(false)
  latest.current = text
  const keep = () => {
    const { subject, body } = latest.current
    if (over.current || (subject === kept.current.subject && body === kept.current.body)) return
    kept.current = { subject, body }
    client.desk.draft.mutate({ id, subject, body }).then(
      () => {
        setFailed(false)
        setAt(Date.now())
      },
      () => setFailed(true),
    )
  }
  const { subject, body } = text
  // biome-ignore lint/correctness/useExhaustiveDependencies: each letter starts the rest anew
  useEffect(() => {
    const timer = setTimeout(keep, REST)
    return () => clearTimeout(timer)
  }, [subject, body])
  return {
    at,
    failed,
    now: keep,
    /** It was sent: there is nothing to keep any more. */
    settle: () => {
      over.current = true
    },
  }
}
