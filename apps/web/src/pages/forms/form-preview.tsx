import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../shell/api.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { MailFrame } from '../../ui/mail-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import type { Content } from './content.ts'

/** The page of the form as the server makes it, a moment after the last letter was typed. Nothing in it can be sent. */
export function FormPreview({ content }: { content: Content }) {
  const [which, setWhich] = useState<'form' | 'thanks'>('form')
  const [{ name, title, intro, button, fields, topics, thanks }] = useDebouncedValue(content, 300)
  const draft = { name, title, intro, button, fields, topics, thanks }
  const made = useQuery({
    queryKey: ['form-preview', draft],
    queryFn: () => client.forms.preview.mutate(draft),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  })
  const html = which === 'form' ? made.data?.form : made.data?.thanks
  return (
    <>
      <div className="form-looks-bar">
        <Segmented
          label="Which part"
          size="small"
          value={which}
          onChange={setWhich}
          options={[
            { value: 'form', label: 'Form' },
            { value: 'thanks', label: 'Thanks' },
          ]}
        />
      </div>
      <div className="form-looks">
        {made.error ? (
          <FailedFrame what="The preview" error={made.error} onRetry={() => void made.refetch()} />
        ) : html === undefined ? (
          <SkeletonText lines={6} />
        ) : html === null ? (
          <p className="muted small">It leads on to {thanks.kind === 'redirect' ? thanks.url || 'a page of yours' : ''}</p>
        ) : (
          <MailFrame label="The form" html={html} />
        )}
      </div>
    </>
  )
}
