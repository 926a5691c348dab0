import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { NumberInput } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { SettingsHead } from '../settings-head.tsx'
import { DecayCurve } from './decay-curve.tsx'

type Dimension = Answers['workspace']['settings']['dimensions'][number]
const LONGEST = 730

/** The scores of the workspace: what they are called, how their points age, the most that counts. */
export function Scores() {
  const { data } = useSuspenseQuery(api.workspace.settings.queryOptions())
  return (
    <>
      <SettingsHead title="Scores">
        Points say how well somebody fits and how interested they are. Points can fade with time, so that a click of last year counts less
        than one of last week. A change counts for all points ever given, at once.
      </SettingsHead>
      <Models key={JSON.stringify(data.dimensions)} stored={data.dimensions} />
    </>
  )
}

function Models({ stored }: { stored: readonly Dimension[] }) {
  const may = useMay('admin')
  const queries = useQueryClient()
  const [draft, setDraft] = useState(stored)
  const dirty = JSON.stringify(draft) !== JSON.stringify(stored)
  const save = useMutation(
    api.workspace.change.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries(api.workspace.settings.pathFilter()),
          queries.invalidateQueries(api.flows.pathFilter()),
        ])
        toast({ words: 'Saved. Segments that ask for a changed score are being looked at again.' })
      },
    }),
  )
  const change = (at: number, part: Partial<Dimension>) => setDraft(draft.map((it, i) => (i === at ? { ...it, ...part } : it)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ dimensions: draft.map(({ version: _, ...it }) => it) })
  }
  return (
    <form onSubmit={submit} noValidate>
      {!may && <Callout title="Only admins change this." />}
      {draft.map((it, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: scores are never taken away or moved
        <Model key={at} dimension={it} disabled={!may} onChange={(part) => change(at, part)} />
      ))}
      {save.error && <Callout tone="danger" title={problemWords(save.error)} />}
      {may && (
        <div className="row">
          <Button
            type="submit"
            look="primary"
            size="big"
            disabled={!dirty || draft.some((it) => it.name.trim() === '')}
            busy={save.isPending}
          >
            Save
          </Button>
          {dirty && (
            <Button look="quiet" size="big" onClick={() => setDraft(stored)}>
              Discard
            </Button>
          )}
          <Button
            look="quiet"
            size="big"
            icon={<IconPlus size={16} stroke={1.75} />}
            disabled={draft.length >= 12}
            onClick={() => setDraft([...draft, fresh(draft)])}
          >
            Score
          </Button>
        </div>
      )}
    </form>
  )
}

/** A score without a name yet, under an id that is free. */
function fresh(draft: readonly Dimension[]): Dimension {
  let number = draft.length + 1
  while (draft.some((it) => it.id === `score_${number}`)) number++
  return { id: `score_${number}`, name: '', halfLifeDays: null, expiryDays: null, cap: null, version: 1 }
}

const whole = (value: string | number): number | null => (typeof value === 'number' ? value : null)

type Props = { dimension: Dimension; disabled: boolean; onChange: (part: Partial<Dimension>) => void }

function Model({ dimension: { name, halfLifeDays, expiryDays, cap }, disabled, onChange }: Props) {
  const shared = { disabled, min: 1, hideControls: true, allowDecimal: false }
  return (
    <div className="score-model">
      <div>
        <TextField
          label="Name"
          value={name}
          disabled={disabled}
          maxLength={60}
          error={name.trim() === '' ? 'Write a name.' : undefined}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <div className="numbers">
          <NumberInput
            {...shared}
            label="Half after"
            suffix=" days"
            placeholder="never"
            max={LONGEST}
            value={halfLifeDays ?? ''}
            onChange={(it) => onChange({ halfLifeDays: whole(it) })}
          />
          <NumberInput
            {...shared}
            label="Nothing after"
            suffix=" days"
            placeholder="never"
            max={LONGEST}
            value={expiryDays ?? ''}
            onChange={(it) => onChange({ expiryDays: whole(it) })}
          />
          <NumberInput
            {...shared}
            label="The most that counts"
            suffix=" points"
            placeholder="no limit"
            max={1_000_000}
            value={cap === null ? '' : cap / 100}
            onChange={(it) => onChange({ cap: whole(it) === null ? null : Math.round(Number(it) * 100) })}
          />
        </div>
      </div>
      <DecayCurve halfLifeDays={inRange(halfLifeDays)} expiryDays={inRange(expiryDays)} />
    </div>
  )
}

/** What the picture can show while somebody types. */
const inRange = (days: number | null) => (days === null || days < 1 ? null : Math.min(days, LONGEST))
