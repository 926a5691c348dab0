import './sending.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api } from '../../../shell/api.ts'
import { FormProblem } from '../../../shell/dialog-form.tsx'
import { useMay } from '../../../shell/person.ts'
import { fieldProblems } from '../../../shell/problem.ts'
import { useChanges } from '../../../shell/use-changes.ts'
import { Callout } from '../../../ui/callout.tsx'
import { Radio } from '../../../ui/fields.tsx'
import { toast } from '../../../ui/toast.ts'
import { SaveRow } from '../save-row.tsx'
import { CapRows } from './cap-rows.tsx'
import { LimitFields } from './limit-fields.tsx'
import { PaceFields } from './pace-fields.tsx'
import { QuietHours } from './quiet-hours.tsx'
import type { Rules } from './rules.ts'

const keys = ['caps', 'quiet', 'breaker', 'pace', 'unknown'] as const

/** The rules of sending for all flows. */
export function SendingForm({ settings }: { settings: Rules }) {
  const may = useMay('admin')
  const queries = useQueryClient()
  const { draft, dirty, set, changes, discard } = useChanges<Rules>(settings, keys)
  const save = useMutation(
    api.sending.change.mutationOptions({
      onSuccess: async () => {
        await Promise.all([queries.invalidateQueries(api.sending.pathFilter()), queries.invalidateQueries(api.flows.catalog.queryFilter())])
        discard()
        toast({ words: 'Saved. It holds from the next step on.' })
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(changes())
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
        <h3 className="part">How fast</h3>
        <p className="small muted">
          How many mails are handed to the mail server at the same time. A domain that hangs or asks for less keeps only its own mail
          waiting; it is then tried with one mail at a time, until one gets through.
        </p>
        <PaceFields pace={draft.pace} wrong={wrong} readOnly={!may} onChange={(pace) => set({ pace })} />
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
      <FormProblem error={save.error} />
      {may && <SaveRow dirty={dirty} busy={save.isPending} onDiscard={discard} />}
    </form>
  )
}
