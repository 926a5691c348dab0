import { Checkbox, Textarea } from '../../ui/fields.tsx'
import type { Choices, FormTopic } from './content.ts'

type Props = {
  choices: Choices['topics']
  topics: readonly FormTopic[]
  readOnly: boolean
  onChange: (topics: FormTopic[]) => void
}

/** Topics with a box to tick. A box is never ticked beforehand: consent is what somebody does. */
export function TopicList({ choices, topics, readOnly, onChange }: Props) {
  return (
    <section aria-labelledby="agree-to" className="form-part">
      <h2 id="agree-to">People may agree to</h2>
      {choices.map(({ id, name, doubleOptIn }) => {
        const chosen = topics.find((it) => it.topic === id)
        return (
          <div key={id} className="stack">
            <Checkbox
              label={name}
              description={doubleOptIn ? 'Always confirmed by mail, as the topic says.' : undefined}
              checked={chosen !== undefined}
              disabled={readOnly}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...topics, { topic: id, label: `Yes, send me ${name.toLowerCase()}` }]
                    : topics.filter((it) => it.topic !== id),
                )
              }
            />
            {chosen && (
              <Textarea
                label={`Words beside the box for ${name}`}
                autosize
                minRows={1}
                maxRows={5}
                value={chosen.label}
                maxLength={500}
                disabled={readOnly}
                error={chosen.label.trim() === '' ? 'Write what people agree to.' : undefined}
                onChange={(event) => {
                  const label = event.currentTarget.value
                  onChange(topics.map((it) => (it.topic === id ? { ...it, label } : it)))
                }}
              />
            )}
          </div>
        )
      })}
      <p className="small muted prose">Each box is empty at first. Who leaves it empty has said neither yes nor no.</p>
    </section>
  )
}
