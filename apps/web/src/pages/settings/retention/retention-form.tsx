import './retention.css'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api } from '../../../shell/api.ts'
import { FormProblem } from '../../../shell/dialog-form.tsx'
import { fieldProblems, problemWords } from '../../../shell/problem.ts'
import { useChanges } from '../../../shell/use-changes.ts'
import { Callout } from '../../../ui/callout.tsx'
import { NumberInput } from '../../../ui/fields.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { SkeletonText } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toast.ts'
import { SaveRow } from '../save-row.tsx'
import type { Kept, Stored } from './kept.ts'
import { TypeDays } from './type-days.tsx'

const keys = ['eventDays', 'typeDays', 'journalDays'] as const

/** Days in words for an input: nothing is for ever. */
const daysOf = (value: string | number): number | null => (value === '' ? null : Number(value))

/** The days, per type where it differs, and what saving would take away tonight. */
export function RetentionForm({ stored }: { stored: Stored }) {
  const queries = useQueryClient()
  const { draft, dirty, set, discard } = useChanges<Kept>(stored.settings, keys)
  const save = useMutation(
    api.retention.change.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(api.retention.pathFilter())
        discard()
        toast({ words: 'Saved. What is older goes tonight.' })
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(draft)
  }
  return (
    <form className="retention-form" onSubmit={submit} noValidate>
      <section className="setting-block">
        <h3 className="part">Events</h3>
        <p className="small muted">Visits, clicks, answers of forms, what other systems sent. The answer of a form goes with its event.</p>
        <NumberInput
          label="Keep events for"
          placeholder="for ever"
          suffix=" days"
          w={220}
          min={30}
          max={3650}
          allowDecimal={false}
          thousandSeparator=","
          value={draft.eventDays ?? ''}
          error={wrong.eventDays}
          onChange={(value) => set({ eventDays: daysOf(value) })}
        />
        <TypeDays types={stored.types} kept={draft} wrong={wrong} onChange={(typeDays) => set({ typeDays })} />
      </section>
      <section className="setting-block">
        <h3 className="part">Steps</h3>
        <p className="small muted">
          Every step of a person through a flow, with its reason. They are kept while the person is inside; counts on steps stay for ever.
        </p>
        <NumberInput
          label="Keep steps of ended ways for"
          placeholder="for ever"
          suffix=" days"
          w={220}
          min={30}
          max={3650}
          allowDecimal={false}
          thousandSeparator=","
          value={draft.journalDays ?? ''}
          error={wrong.journalDays}
          onChange={(value) => set({ journalDays: daysOf(value) })}
        />
      </section>
      <Preview kept={draft} />
      <FormProblem error={save.error} />
      <SaveRow dirty={dirty} busy={save.isPending} onDiscard={discard} />
    </form>
  )
}

const isWhole = (days: number | null) => days === null || (Number.isInteger(days) && days >= 30 && days <= 3650)

/** What would go tonight with these settings, saved or not. */
function Preview({ kept }: { kept: Kept }) {
  const [settled] = useDebouncedValue(kept, 400)
  const fits = [settled.eventDays, settled.journalDays, ...Object.values(settled.typeDays)].every(isWhole)
  const preview = useQuery(api.retention.preview.queryOptions(settled, { enabled: fits, placeholderData: keepPreviousData }))
  if (!fits) return null
  if (preview.error) return <Callout tone="danger" title={problemWords(preview.error)} />
  if (!preview.data) return <SkeletonText lines={1} />
  const { events, journals, exact } = preview.data
  const total = events.reduce((sum, it) => sum + it.n, 0)
  const about = exact ? '' : 'about '
  const most = [...events].sort((a, b) => b.n - a.n).slice(0, 4)
  if (total === 0 && journals === 0) return <Callout title="Nothing goes tonight: nothing is older." />
  const goes = [
    ...(total === 0 ? [] : [`${about}${fullNumber(total)} ${total === 1 ? 'event' : 'events'}`]),
    ...(journals === 0 ? [] : [`the steps of ${about}${fullNumber(journals)} ended ${journals === 1 ? 'way' : 'ways'}`]),
  ]
  return (
    <Callout tone="warn" title={`Goes tonight: ${goes.join(', and ')}.`}>
      {most.length > 0 && most.map(({ type, n }) => `${type} ${fullNumber(n)}`).join(' · ')}
    </Callout>
  )
}
