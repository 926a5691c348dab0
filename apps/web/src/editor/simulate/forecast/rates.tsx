import type { Behaviour, Question } from '@baton/engine'
import { DEFAULT_DOES } from '@baton/engine'
import { Section } from '../../../ui/panel.tsx'
import { LeadRatesSection } from './lead-rates.tsx'
import { MailRatesSection } from './mail-rates.tsx'
import { only, ownWords, RateRow as Row, RateTable as Table, without } from './rate-table.tsx'
import { ShareInput } from './share-input.tsx'
import { sourceWords } from './words.ts'

type Props = {
  behaviour: Behaviour
  /** As it was measured: what an emptied field goes back to. */
  known: Behaviour
  questions: readonly Question[]
  /** Types of events that the flow listens to and people cause. */
  types: readonly string[]
  nameOf: (node: string) => string
  portOf: (node: string, port: string) => string
  onChange: (behaviour: Behaviour) => void
}

/** How people and sales behave: everywhere, and at single steps; each share with where it comes from. */
export function Rates({ behaviour, known, questions, types, nameOf, portOf, onChange }: Props) {
  const nodesOf = (of: Question['asks']['of']) => questions.filter((it) => it.asks.of === of).map((it) => it.node)
  const [mails, leads, calls] = [nodesOf('mail'), nodesOf('lead'), nodesOf('call')]
  const deeds = questions.flatMap(({ node, asks }) =>
    asks.of === 'deeds'
      ? asks.deeds.filter((it) => !/^(mail|sales)\./.test(it.type) && !behaviour.happens[it.type]).map((it) => ({ node, port: it.port }))
      : [],
  )
  return (
    <>
      {mails.length > 0 && <MailRatesSection behaviour={behaviour} known={known} mails={mails} nameOf={nameOf} onChange={onChange} />}
      {leads.length > 0 && (
        <LeadRatesSection behaviour={behaviour} known={known} questions={questions} nameOf={nameOf} onChange={onChange} />
      )}
      {calls.length > 0 && (
        <Section title="Web addresses">
          <Table heads={['Answered']}>
            <Row name="Every call" about={sourceWords(behaviour.call.answered)}>
              <ShareInput
                label="Calls answered"
                rate={only(calls, behaviour.callAt)?.answered ?? behaviour.call.answered}
                known={only(calls, known.callAt)?.answered ?? known.call.answered}
                onChange={(answered) => onChange({ ...behaviour, call: { answered }, callAt: without(behaviour.callAt, 'answered') })}
              />
            </Row>
            {calls.length > 1 &&
              calls.map((node) => (
                <Row key={node} name={nameOf(node)} about={ownWords(behaviour.callAt[node]?.answered, 'as every call')}>
                  <ShareInput
                    label={`Calls answered, ${nameOf(node)}`}
                    rate={behaviour.callAt[node]?.answered ?? behaviour.call.answered}
                    known={known.callAt[node]?.answered ?? behaviour.call.answered}
                    onChange={(answered) => onChange({ ...behaviour, callAt: { ...behaviour.callAt, [node]: { answered } } })}
                  />
                </Row>
              ))}
          </Table>
        </Section>
      )}
      {types.length > 0 && (
        <Section title="What people do anyway" right="a week, for 100 people">
          <Table heads={['Times']}>
            {types.map((type) => {
              const it = behaviour.happens[type]
              const perWeek = (of: Behaviour) => Number(((of.happens[type]?.perWeek ?? 0) * 100).toPrecision(3))
              return (
                <Row key={type} name={type} about={it ? it.of : 'not counted: nobody does it'}>
                  <input
                    className="field-input num"
                    type="number"
                    min={0}
                    step="any"
                    aria-label={`${type}, times a week for 100 people`}
                    value={perWeek(behaviour)}
                    onChange={(event) => {
                      const happens = { perWeek: Math.max(0, Number(event.currentTarget.value)) / 100, of: 'set by hand' }
                      onChange({ ...behaviour, happens: { ...behaviour.happens, [type]: happens } })
                    }}
                  />
                </Row>
              )
            })}
          </Table>
        </Section>
      )}
      {deeds.length > 0 && (
        <Section title="What people do by themselves">
          <Table heads={['In time']}>
            {deeds.map(({ node, port }) => {
              const rate = behaviour.does[node]?.[port] ?? DEFAULT_DOES
              return (
                <Row key={`${node} ${port}`} name={`${nameOf(node)}: ${portOf(node, port)}`} about={sourceWords(rate)}>
                  <ShareInput
                    label={`${nameOf(node)}: ${portOf(node, port)}`}
                    rate={rate}
                    known={DEFAULT_DOES}
                    onChange={(next) =>
                      onChange({ ...behaviour, does: { ...behaviour.does, [node]: { ...behaviour.does[node], [port]: next } } })
                    }
                  />
                </Row>
              )
            })}
          </Table>
        </Section>
      )}
    </>
  )
}
