import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { Select, Switch } from '../../../ui/fields.tsx'
import { toast } from '../../../ui/toast.ts'
import { SaveRow } from '../save-row.tsx'
import { SettingsHead } from '../settings-head.tsx'

const COUNTS = [
  { value: 'auto', label: 'One, as soon as somebody else is here' },
  { value: '0', label: 'None' },
  { value: '1', label: 'One' },
  { value: '2', label: 'Two' },
  { value: '3', label: 'Three' },
]

/** What a draft needs before it goes live. */
export function Review() {
  const queries = useQueryClient()
  const mayEdit = useMay('admin')
  const { data } = useSuspenseQuery(api.reviews.policy.queryOptions())
  const [count, setCount] = useState(data.approvals === null ? 'auto' : String(data.approvals))
  const [sales, setSales] = useState(data.salesApproves)
  const [simulation, setSimulation] = useState(data.simulation === true)
  const stored = data.approvals === null ? 'auto' : String(data.approvals)
  const save = useMutation(
    api.reviews.setPolicy.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.reviews.pathKey() })
        toast({ words: 'Saved.' })
      },
      onError: (error) => toast({ words: error.message, bad: true }),
    }),
  )
  return (
    <>
      <SettingsHead title="Review">
        What a draft needs before it goes live. Nobody approves what they changed themselves, and any change voids an approval.
      </SettingsHead>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ approvals: count === 'auto' ? null : Number(count), salesApproves: sales, simulation })
        }}
      >
        <Select
          label="Approvals"
          description="Reps count for none: they see no flows."
          data={COUNTS.some((it) => it.value === stored) ? COUNTS : [...COUNTS, { value: stored, label: stored }]}
          value={count}
          onChange={(value) => setCount(value ?? 'auto')}
          allowDeselect={false}
          disabled={!mayEdit}
        />
        <Switch
          className="whole"
          label="Flows that hand people to sales are approved by a sales manager or an admin as well"
          checked={sales}
          onChange={(event) => setSales(event.currentTarget.checked)}
          disabled={!mayEdit || count === '0'}
        />
        <Switch
          className="whole"
          label="A simulation of the draft is kept before it is approved or published"
          description="A forecast or a back-test. The server makes it again then, and it has to come to the same."
          checked={simulation}
          onChange={(event) => setSimulation(event.currentTarget.checked)}
          disabled={!mayEdit}
        />
        {mayEdit ? (
          <SaveRow
            dirty={count !== stored || sales !== data.salesApproves || simulation !== (data.simulation === true)}
            busy={save.isPending}
            onDiscard={() => {
              setCount(stored)
              setSales(data.salesApproves)
              setSimulation(data.simulation === true)
            }}
          />
        ) : (
          <p className="small muted">Only admins change this.</p>
        )}
      </form>
    </>
  )
}
