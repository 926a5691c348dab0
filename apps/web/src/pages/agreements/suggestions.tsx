import { useQuery } from '@tanstack/react-query'
import { type Answers, api } from '../../shell/api.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber, percent } from '../../ui/numbers.ts'
import { rate, traitWords } from './words.ts'

type Found = Answers['agreements']['suggestions']['rejected']
type Floor = Answers['agreements']['suggestions']['floor']

/** What the record of the last year suggests, each with its counts; below the floor of evidence nothing. */
export function Suggestions({ agreementId }: { agreementId: string }) {
  const found = useQuery(api.agreements.suggestions.queryOptions({ id: agreementId }, { staleTime: 300_000 }))
  if (found.isError) return <FailedFrame what="The suggestions" error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return null
  const { rejected, won, floor } = found.data
  return (
    <div className="agreement-two">
      <Part
        title="What rejected leads have in common"
        of="of the rejected"
        others="of the accepted"
        people={['rejected', 'accepted leads']}
        found={rejected}
        floor={floor}
      />
      <Part
        title="What customers did and were before"
        of="of the customers"
        others="of the others then"
        people={['new customers', 'others']}
        found={won}
        floor={floor}
      />
    </div>
  )
}

type PartProps = { title: string; of: string; others: string; people: readonly [string, string]; found: Found; floor: Floor }

function Part({ title, of, others, people: [one, other], found, floor }: PartProps) {
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
            <b>{percent(it.group.converted, it.group.people)}</b> {of} {traitWords(it.what)}
            <span className="small muted">
              {fullNumber(it.group.converted)} of {fullNumber(it.group.people)}; {others} {percent(it.others.converted, it.others.people)} (
              {fullNumber(it.others.converted)} of {fullNumber(it.others.people)}). {rate(it.lift.lift)} times as often
              {Number.isFinite(it.lift.high) && `, ${rate(it.lift.low)} to ${rate(it.lift.high)}`}.
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
