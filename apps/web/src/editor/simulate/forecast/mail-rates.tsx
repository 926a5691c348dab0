import type { Behaviour } from '@baton/engine'
import { Section } from '../../../ui/panel.tsx'
import { MinutesRow, only, ownWords, RateRow, RateTable, without } from './rate-table.tsx'
import { ShareInput } from './share-input.tsx'
import { sourceWords } from './words.ts'

const OFTEN = [
  ['opened', 'Open'],
  ['clicked', 'Click'],
  ['unsubscribed', 'Unsub.'],
] as const
const SELDOM = [
  ['replied', 'Reply'],
  ['bounced', 'Bounce'],
  ['complained', 'Compl.'],
] as const

type Props = {
  behaviour: Behaviour
  known: Behaviour
  /** The steps that send. */
  mails: readonly string[]
  nameOf: (node: string) => string
  onChange: (behaviour: Behaviour) => void
}

/** What people do with a mail: of every step, and of single ones; what is done seldom is out of the way. */
export function MailRatesSection(props: Props) {
  const { behaviour, mails, onChange } = props
  return (
    <Section title="What people do with a mail">
      <Deeds {...props} deeds={OFTEN} />
      <details className="forecast-seldom">
        <summary>Replies, bounces, complaints, and how soon</summary>
        <Deeds {...props} deeds={SELDOM} />
        <RateTable heads={['Minutes']}>
          <MinutesRow
            name="Opened or clicked after"
            about="half of those who do"
            minutes={only(mails, behaviour.mailAt)?.minutes ?? behaviour.mail.minutes}
            onChange={(minutes) =>
              onChange({ ...behaviour, mail: { ...behaviour.mail, minutes }, mailAt: without(behaviour.mailAt, 'minutes') })
            }
          />
        </RateTable>
      </details>
    </Section>
  )
}

function Deeds({ behaviour, known, mails, nameOf, onChange, deeds }: Props & { deeds: typeof OFTEN | typeof SELDOM }) {
  const [first] = deeds[0]
  return (
    <RateTable heads={deeds.map(([, head]) => head)}>
      <RateRow name="Every mail" about={sourceWords(only(mails, behaviour.mailAt)?.[first] ?? behaviour.mail[first])}>
        {deeds.map(([key, head]) => (
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
      </RateRow>
      {mails.length > 1 &&
        mails.map((node) => (
          <RateRow key={node} name={nameOf(node)} about={ownWords(behaviour.mailAt[node]?.[first], 'as every mail')}>
            {deeds.map(([key, head]) => (
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
          </RateRow>
        ))}
    </RateTable>
  )
}
