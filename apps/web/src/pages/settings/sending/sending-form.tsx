import './sending.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { fieldProblems, problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Radio } from '../../../ui/fields.tsx'
import { toast } from '../../../ui/toast.ts'
import { CapRows } from './cap-rows.tsx'
import { LimitFields } from './limit-fields.tsx'
import { QuietHours } from './quiet-hours.tsx'
import type { Rules } from './rules.ts'

const keys = ['caps', 'quiet', 'breaker', 'unknown'] as const
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Only what was changed is sent, so that two admins do not undo each other's rules. */
export function SendingForm({ settings }: { settings: Rules }) {
  const may = useMay('admin')
  const queries = useQueryClient()
  const [changed, setChanged] = useState<Partial<Rules>>({})
  const draft: Rules = { ...settings, ...changed }
  const set = (change: Partial<Rules>) => setChanged({ ...changed, ...change })
  const dirty = keys.some((key) => !same(draft[key], settings[key]))
  const save = useMutation(
    api.sending.change.mutationOptions({
      onSuccess: async () => {
        await Promise.all([queries.invalidateQueries(api.sending.pathFilter()), queries.invalidateQueries(api.flows.catalog.queryFilter())])
        setChanged({})
        toast({ words: 'Saved. It holds from the next step on.' })
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(Object.fromEntries(keys.filter((key) => !same(draft[key], settings[key])).map((key) => [key, draft[key]])))
  }
  return (
    <form className="sending-form" onSubmit={submit} noValidate>
      {!may && <Callout title="Only admins change this." />}
      <section className="setting-block">
        <h3 className="part">How much</h3>
        <p className="small muted">
          Marketing mail to one person, over all flows, in a window that moves on. What is more is held back or skipped, as each step says.
        </p>
        <CapRows caps={draft.caps} wrong={wrong} readOnly={!may} onChange={(caps) => set({ caps })} />
      </section>
      <section className="setting-block">
        <h3 className="part">Quiet hours</h3>
        <p className="small muted">No marketing mail in these hours, where the person lives. Other mail goes at any hour.</p>
        <QuietHours quiet={draft.quiet} wrong={wrong} readOnly={!may} onChange={(quiet) => set({ quiet })} />
      </section>
      <section className="setting-block">
        <h3 className="part">What pauses a flow</h3>
        <p className="small muted">
          A flow that passes one of these is paused within two minutes, and you are told. A flow may have limits of its own. Shares are of
          its mails of the last 24 hours.
        </p>
        <LimitFields limits={draft.breaker} wrong={wrong} path="breaker." readOnly={!may} onChange={(breaker) => set({ breaker })} />
      </section>
      <section className="setting-block">
        <h3 className="part">Mail of unknown fate</h3>
        <Radio.Group
          label="When the line to the mail server breaks while a mail is handed over, nobody knows whether it arrived"
          value={draft.unknown}
          onChange={(value) => set({ unknown: value === 'repeat' ? 'repeat' : 'keep' })}
        >
          <Radio value="keep" disabled={!may} label="Keep it in the Outbox; somebody decides" description="Nobody gets a mail twice." />
          <Radio
            value="repeat"
            disabled={!may}
            label="Send the same mail once more"
            description="With the same Message-ID, by which most mailboxes show it once."
          />
        </Radio.Group>
      </section>
      {save.error && Object.keys(wrong).length === 0 && <Callout tone="danger" title={problemWords(save.error)} />}
      {may && (
        <div className="row">
          <Button type="submit" look="primary" size="big" disabled={!dirty} busy={save.isPending}>
            Save
          </Button>
          {dirty && (
            <Button look="quiet" size="big" onClick={() => setChanged({})}>
              Discard
            </Button>
          )}
        </div>
      )}
    </form>
  )
}
