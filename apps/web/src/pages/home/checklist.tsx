import { useLocalStorage } from '@mantine/hooks'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Answers } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { Button } from '../../ui/button.tsx'

type Look = Answers['home']['look']

interface Step {
  done: boolean
  words: string
  why: string
  to: '/imports' | '/settings/workspace' | '/templates' | '/settings/teams' | '/flows'
}

const stepsOf = ({ begun, missing }: Pick<Look, 'begun' | 'missing'>): Step[] => [
  { done: begun.people, words: 'Import people', why: 'A CSV file from your CRM, shop or newsletter.', to: '/imports' },
  {
    done: !missing.sender && !missing.postal,
    words: 'Say who mail comes from',
    why: 'Sender, and the postal address that the law asks for.',
    to: '/settings/workspace',
  },
  { done: begun.templates, words: 'Write a mail', why: 'From a layout, with a preview for a real person.', to: '/templates' },
  { done: begun.teams, words: 'Make a sales team', why: 'Who gets the people that are ready.', to: '/settings/teams' },
  { done: begun.flows, words: 'Draw a flow', why: 'Who comes in, what they get, when sales gets them.', to: '/flows' },
  { done: begun.live, words: 'Publish it', why: 'From then on people move by themselves.', to: '/flows' },
]

/** The way from nothing to a workspace at work; gone once all is done, or somebody who has a live flow wants it away. */
export function Checklist({ begun, missing }: Pick<Look, 'begun' | 'missing'>) {
  const admin = useMay('admin')
  const may = useMay('admin', 'marketer')
  const [away, setAway] = useLocalStorage({ key: 'baton.first-steps-away', defaultValue: false, getInitialValueInEffect: false })
  const steps = stepsOf({ begun, missing })
  if (!may || steps.every((it) => it.done) || (begun.live && away)) return null
  const next = steps.findIndex((step) => !step.done)
  const empty = !begun.people && !begun.flows && !begun.templates
  return (
    <section className="checklist" aria-labelledby="checklist">
      <header>
        <h2 id="checklist">First steps</h2>
        {begun.live && (
          <Button size="small" look="quiet" onClick={() => setAway(true)}>
            Hide these
          </Button>
        )}
      </header>
      <ol>
        {steps.map(({ done, words, why, to }, at) => (
          <li key={words} className={done ? 'done' : at === next ? 'next' : undefined}>
            {done ? (
              <IconCircleCheckFilled size={18} className="ok" aria-hidden="true" />
            ) : (
              <IconCircle size={18} stroke={1.5} className="faint" aria-hidden="true" />
            )}
            <div>
              <Link to={to} className="step-words">
                {words}
              </Link>
              {done && <span className="unseen"> (done)</span>}
              <p className="small muted">{why}</p>
            </div>
          </li>
        ))}
      </ol>
      {empty && admin && (
        <p className="muted">
          Or look around first: <Link to="/welcome">load the sample programme</Link>. Only an empty workspace can take it.
        </p>
      )}
    </section>
  )
}
