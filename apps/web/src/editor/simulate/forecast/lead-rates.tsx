import { type Behaviour, type Question, type Rate, type RejectReason, reasonsAt } from '@baton/engine'
import { Section } from '../../../ui/panel.tsx'
import { MinutesRow, only, ownWords, RateRow, RateTable, without } from './rate-table.tsx'
import { ShareInput } from './share-input.tsx'
import { sourceWords } from './words.ts'

const ANSWERS = [
  ['answered', 'Answered'],
  ['accepted', 'Accepted'],
  ['opportunity', 'Opportunity'],
  ['won', 'Won'],
] as const
const VOICEMAIL = ['voicemail', 'Voicemail'] as const

type Props = {
  behaviour: Behaviour
  known: Behaviour
  questions: readonly Question[]
  nameOf: (node: string) => string
  onChange: (behaviour: Behaviour) => void
}

/** What sales does with a lead: of every step, and of single ones; for what it rejects. */
export function LeadRatesSection({ behaviour, known, questions, nameOf, onChange }: Props) {
  const steps = questions.flatMap(({ node, asks }) => (asks.of === 'lead' ? [{ node, ...asks }] : []))
  const nodes = steps.map((it) => it.node)
  const loops = steps.some((it) => it.loop)
  const columns = loops ? [...ANSWERS, VOICEMAIL] : ANSWERS
  const value = only(nodes, behaviour.leadAt)?.value ?? behaviour.lead.value
  const usual = only(nodes, known.leadAt)?.value ?? known.lead.value
  const named = [...new Set(steps.flatMap((it) => it.reasons))]
  return (
    <Section title="What sales does with a lead">
      <RateTable heads={columns.map(([, head]) => head)}>
        <RateRow name="Every lead" about={sourceWords(behaviour.lead.answered)}>
          {columns.map(([key, head]) => (
            <ShareInput
              key={key}
              label={`${head}, every lead`}
              rate={only(nodes, behaviour.leadAt)?.[key] ?? behaviour.lead[key]}
              known={only(nodes, known.leadAt)?.[key] ?? known.lead[key]}
              onChange={(rate) =>
                onChange({ ...behaviour, lead: { ...behaviour.lead, [key]: rate }, leadAt: without(behaviour.leadAt, key) })
              }
            />
          ))}
        </RateRow>
        {nodes.length > 1 &&
          nodes.map((node) => (
            <RateRow key={node} name={nameOf(node)} about={ownWords(behaviour.leadAt[node]?.answered, 'as every lead')}>
              {columns.map(([key, head]) => (
                <ShareInput
                  key={key}
                  label={`${head}, ${nameOf(node)}`}
                  rate={behaviour.leadAt[node]?.[key] ?? behaviour.lead[key]}
                  known={known.leadAt[node]?.[key] ?? behaviour.lead[key]}
                  onChange={(rate) =>
                    onChange({ ...behaviour, leadAt: { ...behaviour.leadAt, [node]: { ...behaviour.leadAt[node], [key]: rate } } })
                  }
                />
              ))}
            </RateRow>
          ))}
      </RateTable>
      <p className="small muted">
        {loops
          ? 'Voicemail is of all tries, answered of the others, accepted of those answered, opportunity and won of those accepted. Who is not answered in time is taken back, as the step says.'
          : 'Accepted is of those answered, opportunity and won of those accepted. Who is not answered in time is taken back, as the step says.'}
      </p>
      <RateTable heads={['Minutes']}>
        <MinutesRow
          name="Answered after"
          about="half of those answered, in working time"
          minutes={only(nodes, behaviour.leadAt)?.minutes ?? behaviour.lead.minutes}
          onChange={(minutes) =>
            onChange({ ...behaviour, lead: { ...behaviour.lead, minutes }, leadAt: without(behaviour.leadAt, 'minutes') })
          }
        />
      </RateTable>
      <Reasons behaviour={behaviour} known={known} named={named} onChange={onChange} />
      <div className="row forecast-line">
        <label>
          A won deal is worth{' '}
          <input
            className="field-input num"
            type="number"
            min={0}
            placeholder="—"
            title="Empty: unknown, and no revenue is shown"
            value={value ?? ''}
            onChange={(event) => {
              const typed = event.currentTarget.value
              const next = typed === '' ? null : Math.max(0, Number(typed))
              onChange({ ...behaviour, lead: { ...behaviour.lead, value: next }, leadAt: without(behaviour.leadAt, 'value') })
            }}
          />
        </label>
        {value !== null && value === usual && <span className="small muted">the average of what was won here</span>}
      </div>
    </Section>
  )
}

/** For what leads are rejected, where a step has ways of its own for that. */
function Reasons({ behaviour, known, named, onChange }: Pick<Props, 'behaviour' | 'known' | 'onChange'> & { named: readonly string[] }) {
  if (named.length === 0) return null
  const reasons = reasonsAt(behaviour.lead.reasons, named)
  const usual = reasonsAt(known.lead.reasons, named)
  const put = (why: string, share: Rate) => {
    const next: RejectReason[] = reasons.map((it) => (it.why === why ? { why, share } : it))
    onChange({ ...behaviour, lead: { ...behaviour.lead, reasons: next }, leadAt: without(behaviour.leadAt, 'reasons') })
  }
  return (
    <RateTable heads={['Of rejected']}>
      {reasons.map(({ why, share }) => (
        <RateRow key={why} name={why} about={sourceWords(share)}>
          <ShareInput
            label={`Rejected for ${why}`}
            rate={share}
            known={usual.find((it) => it.why === why)?.share ?? share}
            onChange={(rate) => put(why, rate)}
          />
        </RateRow>
      ))}
    </RateTable>
  )
}
