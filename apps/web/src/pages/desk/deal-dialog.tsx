import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Select, TextInput } from '../../ui/fields.tsx'
import { readAmount } from './deal.ts'
import type { DeedDialogProps } from './dialog-props.ts'
import { dayOf } from './when.ts'

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'NOK', 'SEK', 'DKK', 'PLN', 'CZK', 'JPY'] as const
const MONTH = 31 * 86_400_000

/** Makes an accepted lead an opportunity, or changes the one it has. Going back a stage is normal. */
export function DealDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const { deal, stages } = lead
  const [name, setName] = useState(deal?.name ?? lead.company ?? lead.name)
  const [stage, setStage] = useState(deal?.stage || stages[0])
  const [amount, setAmount] = useState(deal?.amount?.toLocaleString('en') ?? '')
  const [currency, setCurrency] = useState<string | null>(deal ? deal.currency : 'EUR')
  const [closeOn, setCloseOn] = useState(deal ? (deal.closeOn ?? '') : dayOf(Date.now() + 2 * MONTH))
  const options = {
    onSuccess: () => {
      onClose()
      return onDone({ kind: deal ? 'deal' : 'convert' })
    },
    onError: async (error: unknown) => {
      if (await onFailed(error)) onClose()
    },
  } as const
  const convert = useMutation(api.desk.convert.mutationOptions(options))
  const change = useMutation(api.desk.deal.mutationOptions(options))
  const error = convert.error ?? change.error
  const wrong = fieldProblems(error)
  const value = readAmount(amount)
  const submit = () => {
    if (value === undefined) return
    const told = { name, stage, amount: value, currency, closeOn: closeOn === '' ? null : closeOn }
    ;(deal ? change : convert).mutate({ id: lead.id, rev: lead.rev, deal: told })
  }
  const known = stages.some((one) => one === stage) ? stages : [...stages, stage]
  return (
    <Dialog title={deal ? deal.name : `Make ${lead.name} an opportunity`} open onClose={onClose} width={480}>
      <DialogForm
        error={error}
        deed={deal ? 'Save' : 'Make an opportunity'}
        busy={convert.isPending || change.isPending}
        disabled={value === undefined}
        onSubmit={submit}
        onClose={onClose}
      >
        <TextInput
          label="Name"
          value={name}
          data-autofocus
          error={wrong['deal.name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="two-columns">
          <Select
            label="Stage"
            data={[...known]}
            value={stage}
            allowDeselect={false}
            error={wrong['deal.stage']}
            onChange={(chosen) => chosen !== null && setStage(chosen)}
          />
          <TextInput
            label="Expected to close"
            type="date"
            value={closeOn}
            error={wrong['deal.closeOn']}
            onChange={(event) => setCloseOn(event.currentTarget.value)}
          />
          <TextInput
            label="Amount"
            value={amount}
            inputMode="decimal"
            placeholder="12,000"
            error={value === undefined ? 'Write the amount as a number.' : wrong['deal.amount']}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
          <Select label="Currency" data={[...CURRENCIES]} value={currency} allowDeselect={false} onChange={setCurrency} />
        </div>
        {!deal && <p className="small muted">It is yours, and stands with the person and in conditions of flows and segments.</p>}
      </DialogForm>
    </Dialog>
  )
}
