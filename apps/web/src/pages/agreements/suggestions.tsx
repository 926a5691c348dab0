import type { Catalog } from '@baton/engine'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber, percent } from '../../ui/numbers.ts'
import { toast } from '../../ui/toast.ts'
import { ruleFrom, withRule } from './take-up.ts'
import { type Agreement, rate, traitWords } from './words.ts'

type Found = Answers['agreements']['suggestions']['rejected']
type Told = Found['found'][number]
type Floor = Answers['agreements']['suggestions']['floor']

/** What the record of the last year suggests, each with its counts; below the floor of evidence nothing. */
export function Suggestions({ agreement, catalog }: { agreement: Agreement; catalog: Catalog }) {
  const mayEdit = useMay('admin', 'marketer', 'sales_manager')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const found = useQuery(api.agreements.suggestions.queryOptions({ id: agreement.id }, { staleTime: 300_000 }))
  const change = useMutation(
    api.agreements.change.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSuccess: async ({ version }) => {
        await queries.invalidateQueries({ queryKey: api.agreements.get.queryKey() })
        await queries.invalidateQueries({ queryKey: api.agreements.list.queryKey() })
        toast({ words: `Version ${version}, a draft, asks for it now. Read it, then let both sides sign.` })
        await navigate({ to: '/agreements/$agreementId', params: { agreementId: agreement.id }, search: { tab: 'rules' } })
      },
    }),
  )
  if (found.isError) return <FailedFrame what="The suggestions" error={found.error} onRetry={() => void found.refetch()} />
  const last = agreement.versions.at(-1)
  if (!found.data || !last) return null
  const { rejected, won, floor } = found.data
  const take = (wanted: boolean) =>
    mayEdit
      ? ({ what }: Told) => {
          const { id, rev, name } = agreement
          change.mutate({ id, rev, name, content: withRule(last.content, ruleFrom(what, wanted, catalog)) })
        }
      : undefined
  return (
    <div className="agreement-two">
      <Part
        title="What rejected leads have in common"
        of="of the rejected"
        others="of the accepted"
        people={['rejected', 'accepted leads']}
        deed="Leave them out"
        onTake={take(false)}
        found={rejected}
        floor={floor}
      />
      <Part
        title="What customers did and were before"
        of="of the customers"
        others="of the others then"
        people={['new customers', 'others']}
        deed="Ask for it"
        onTake={take(true)}
        found={won}
        floor={floor}
      />
    </div>
  )
}

type PartProps = {
  title: string
  of: string
  others: string
  people: readonly [string, string]
  /** What the button does with a finding: it becomes a criterion of the draft. */
  deed: string
  onTake: ((told: Told) => void) | undefined
  found: Found
  floor: Floor
}

function Part({ title, of, others, people: [one, other], deed, onTake, found, floor }: PartProps) {
  const few = found.group < floor.people || found.others < floor.people
  return (
    <section>
      <h2>{title}</h2>
      <p className="small muted">
        The last 12 months: {fullNumber(found.group)} {one}
        {found.others > 0 && ` against ${fullNumber(found.others)} ${other}`}.
      </p>
      {few && (
        <p className="muted">
          Too few to say: {floor.people} are needed on each side, and {floor.cases} of whom something is true.
        </p>
      )}
      {!few && found.found.length === 0 && <p className="muted">Nothing tells them apart by more than chance.</p>}
      <ul className="agreement-told">
        {found.found.map((it) => (
          <li key={JSON.stringify(it.what)}>
            <div className="grow">
              <b>{percent(it.group.converted, it.group.people)}</b> {of} {traitWords(it.what)}
              <p className="small muted">
                {fullNumber(it.group.converted)} of {fullNumber(it.group.people)}; {others} {percent(it.others.converted, it.others.people)}{' '}
                ({fullNumber(it.others.converted)} of {fullNumber(it.others.people)}). {rate(it.lift.lift)} times as often
                {Number.isFinite(it.lift.high) && `, ${rate(it.lift.low)} to ${rate(it.lift.high)}`}.
              </p>
            </div>
            {onTake && (
              <Button size="small" onClick={() => onTake(it)}>
                {deed}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
