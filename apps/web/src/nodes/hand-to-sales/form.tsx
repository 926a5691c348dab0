import './hand-to-sales.css'
import type { ConfigOf } from '@baton/engine'
import type { ReactNode } from 'react'
import { MultiSelect, Textarea, TextInput } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { HowFast, IfNobody } from './fast.tsx'
import { Hears } from './hears.tsx'
import { RejectWays } from './reject-ways.tsx'
import { VoicemailLoop } from './voicemail-loop.tsx'
import { LeavesAt, WhoGetsIt, WhoQualifies } from './who.tsx'

type Config = ConfigOf<'hand-to-sales'>

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="stack agreed">
    <h3>{title}</h3>
    {children}
  </section>
)

/** The contract between marketing and sales, part by part. */
export function Form(props: FormProps<Config>) {
  return (
    <div className="stack">
      <Section title="Who qualifies">
        <WhoQualifies {...props} />
      </Section>
      <Section title="Who gets it">
        <WhoGetsIt {...props} />
      </Section>
      <Section title="What travels along">
        <Packet {...props} />
      </Section>
      <Section title="When they go on">
        <LeavesAt {...props} />
      </Section>
      <Section title="How fast">
        <HowFast {...props} />
      </Section>
      {props.config.level !== null && (
        <Section title="If nobody answers">
          <IfNobody {...props} />
        </Section>
      )}
      <Section title="Voicemail">
        <VoicemailLoop {...props} />
      </Section>
      <Section title="Reasons with a way of their own">
        <RejectWays {...props} />
      </Section>
      <Section title="How sales hears of it">
        <Hears {...props} />
      </Section>
    </div>
  )
}

function Packet({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  return (
    <>
      <TextInput
        label="Why now"
        description="The first thing the rep reads."
        maxLength={300}
        disabled={readOnly}
        value={config.why}
        onChange={(event) => onChange({ ...config, why: event.currentTarget.value })}
        error={wrongAt(issues, 'why')}
      />
      <MultiSelect
        label="Fields that travel along"
        placeholder={config.fields.length === 0 ? 'Choose fields' : ''}
        searchable
        disabled={readOnly}
        data={catalog.fields.map(({ key, label }) => ({ value: key, label }))}
        value={config.fields}
        onChange={(fields) => onChange({ ...config, fields })}
      />
      <Textarea
        label="Note for the rep"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        disabled={readOnly}
        value={config.note}
        onChange={(event) => onChange({ ...config, note: event.currentTarget.value })}
      />
    </>
  )
}
