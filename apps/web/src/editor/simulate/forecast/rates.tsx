import type { Behaviour, Question, Rate } from '@baton/engine'
import { DEFAULT_DOES } from '@baton/engine'
import { Section } from '../../../ui/panel.tsx'
import { ShareInput } from './share-input.tsx'
import { sourceWords } from './words.ts'

const MAIL = [
  ['opened', 'Open'],
  ['clicked', 'Click'],
  ['unsubscribed', 'Unsub.'],
] as const
const LEAD = [
  ['answered', 'Answered'],
  ['accepted', 'Accepted'],
  ['won', 'Won'],
] as const

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

/** Where a flow has one such step alone, what was measured of it is what holds everywhere. */
const only = <T,>(nodes: readonly string[], at: Readonly<Record<string, T>>): T | undefined =>
  nodes.length === 1 ? at[nodes[0] ?? ''] : undefined

/** What is set for every step holds at each, whatever was measured of it. */
const without = <T extends object>(at: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(at).map(([node, own]) => [node, { ...own, [key]: undefined }]))

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
      {mails.length > 0 && (
        <Section title="What people do with a mail">
          <Table heads={MAIL.map(([, head]) => head)}>
            <Row name="Every mail" about={sourceWords(behaviour.mail.opened)}>
              {MAIL.map(([key, head]) => (
                <ShareInput
                  key={key}
                  label={`${head}, every mail`}
                  rate={only(mails, behaviour.mailAt)?.[key] ?? behaviour.mail[key]}
                  known={only(mails, known.mailAt)?.[key] ?? known.mail[key]}
                  onChange={(rate) =>
                    onChange({ ...behaviour, mail: { ...behaviour.mail, [key]: rate }, mailAt: without(behaviour.mailAt, key) })
                  }
                />
              ))}
            </Row>
            {mails.length > 1 &&
              mails.map((node) => (
                <Row key={node} name={nameOf(node)} about={ownWords(behaviour.mailAt[node]?.opened)}>
                  {MAIL.map(([key, head]) => (
                    <ShareInput
                      key={key}
                      label={`${head}, ${nameOf(node)}`}
                      rate={behaviour.mailAt[node]?.[key] ?? behaviour.mail[key]}
                      known={known.mailAt[node]?.[key] ?? behaviour.mail[key]}
                      onChange={(rate) =>
                        onChange({ ...behaviour, mailAt: { ...behaviour.mailAt, [node]: { ...behaviour.mailAt[node], [key]: rate } } })
                      }
                    />
                  ))}
                </Row>
              ))}
          </Table>
        </Section>
      )}
      {leads.length > 0 && (
        <Section title="What sales does with a lead">
          <Table heads={LEAD.map(([, head]) => head)}>
            <Row name="Every lead" about={sourceWords(behaviour.lead.answered)}>
              {LEAD.map(([key, head]) => (
                <ShareInput
                  key={key}
                  label={`${head}, every lead`}
                  rate={only(leads, behaviour.leadAt)?.[key] ?? behaviour.lead[key]}
                  known={only(leads, known.leadAt)?.[key] ?? known.lead[key]}
                  onChange={(rate) =>
                    onChange({ ...behaviour, lead: { ...behaviour.lead, [key]: rate }, leadAt: without(behaviour.leadAt, key) })
                  }
                />
              ))}
            </Row>
          </Table>
          <p className="small muted">Accepted is of those answered, won of those accepted.</p>
          <div className="row forecast-line">
            <label>
              A won deal is worth{' '}
              <input
                className="field-input num"
                type="number"
                min={0}
                placeholder="unknown"
                value={behaviour.lead.value ?? ''}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  onChange({ ...behaviour, lead: { ...behaviour.lead, value: value === '' ? null : Math.max(0, Number(value)) } })
                }}
              />
            </label>
          </div>
        </Section>
      )}
      {calls.length > 0 && (
        <Section title="Web addresses">
          <Table heads={['Answered']}>
            <Row name="Every call" about={sourceWords(behaviour.call.answered)}>
              <ShareInput
                label="Calls answered"
                rate={behaviour.call.answered}
                known={known.call.answered}
                onChange={(answered) => onChange({ ...behaviour, call: { answered } })}
              />
            </Row>
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

const ownWords = (rate: Rate | undefined) => (rate ? sourceWords(rate) : 'as every mail')

function Table({ heads, children }: { heads: readonly string[]; children: React.ReactNode }) {
  return (
    <table className="forecast-rates">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Of</span>
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className="num">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function Row({ name, about, children }: { name: string; about: string; children: React.ReactNode | readonly React.ReactNode[] }) {
  const cells = Array.isArray(children) ? children : [children]
  return (
    <tr>
      <th scope="row">
        <span className="clip" title={name}>
          {name}
        </span>
        <span className="small muted clip" title={about}>
          {about}
        </span>
      </th>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
        <td key={at}>{cell}</td>
      ))}
    </tr>
  )
}
