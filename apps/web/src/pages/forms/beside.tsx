import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { Tabs } from '../../ui/tabs.tsx'
import { FormAnswers } from './answers.tsx'
import type { Content, Form } from './content.ts'
import { FormPreview } from './form-preview.tsx'
import { Share } from './share.tsx'

type Props = {
  content: Content
  form: Form | undefined
  readOnly: boolean
  wrong: Readonly<Record<string, string>>
  onChange: (change: Partial<Content>) => void
}

/** What stands beside the form being written: its looks, where it stands, who sent it. */
export function Beside({ content, form, readOnly, wrong, onChange }: Props) {
  const hash = useLocation({ select: (it) => it.hash })
  const [tab, setTab] = useState<'looks' | 'share' | 'answers'>(hash === 'share' ? 'share' : 'looks')
  return (
    <section className="form-beside" aria-label="Beside the form">
      <Tabs
        label="Beside the form"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'looks', label: 'Looks like this' },
          { value: 'share', label: 'Share' },
          ...(form ? [{ value: 'answers' as const, label: `Sent (${form.answers})` }] : []),
        ]}
      />
      {tab === 'looks' && <FormPreview content={content} />}
      {tab === 'share' && <Share content={content} form={form} readOnly={readOnly} wrong={wrong} onChange={onChange} />}
      {tab === 'answers' && form && <FormAnswers form={form} />}
    </section>
  )
}
