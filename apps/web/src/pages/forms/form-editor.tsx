import { useHotkeys } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { fieldProblems, problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Textarea, TextInput } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { AfterSending } from './after-sending.tsx'
import { Beside } from './beside.tsx'
import { type Choices, type Content, contentOf, type Form, FRESH } from './content.ts'
import { FieldList } from './field-list.tsx'
import { TopicList } from './topic-list.tsx'
import { useRemoveForm } from './use-remove.ts'

/** What the form says and asks for at the left; how it looks, where it stands and who sent it at the right. */
export function FormEditor({ choices, form }: { choices: Choices; form: Form | undefined }) {
  const readOnly = !useMay('admin', 'marketer') || (form !== undefined && form.archivedAt !== null)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { putAway } = useRemoveForm()
  const stored = form ? contentOf(form) : FRESH
  const [content, setContent] = useState(stored)
  const set = (change: Partial<Content>) => setContent((now) => ({ ...now, ...change }))
  const changed = form === undefined || JSON.stringify(content) !== JSON.stringify(stored)
  const after = () => queries.invalidateQueries(api.forms.pathFilter())
  const create = useMutation(
    api.forms.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await after()
        await navigate({ to: '/forms/$formId', params: { formId: id }, hash: 'share', replace: true })
        toast({ words: 'The form takes answers now.' })
      },
    }),
  )
  const change = useMutation(
    api.forms.change.mutationOptions({
      onSuccess: async () => {
        await after()
        toast({ words: `${content.name.trim()} is saved.` })
      },
    }),
  )
  const error = create.error ?? change.error
  const wrong = fieldProblems(error)
  const save = () => {
    if (readOnly || !changed || content.name.trim() === '') return
    if (form) change.mutate({ ...content, id: form.id, rev: form.rev })
    else create.mutate(content)
  }
  useHotkeys([['mod+S', save]], [], true)
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="forms" to="/forms">
            Forms
          </Link>,
          form?.name ?? 'New form',
        ]}
      >
        {form && !readOnly && (
          <Button look="danger-quiet" onClick={() => void putAway(form).then((gone) => (gone ? navigate({ to: '/forms' }) : undefined))}>
            Put away…
          </Button>
        )}
        {!readOnly && (
          <Button
            look="primary"
            busy={create.isPending || change.isPending}
            disabled={!changed || content.name.trim() === ''}
            title={content.name.trim() === '' ? 'Write a name first' : undefined}
            onClick={save}
          >
            {form ? 'Save' : 'Make the form'}
          </Button>
        )}
      </TopBar>
      <div className="work form-work">
        <div className="page-body form-main">
          {form && form.archivedAt !== null && <Callout title="This form is put away. Take it out again in the list to change it." />}
          {error && <Callout tone="danger" title={problemWords(error)} />}
          <fieldset disabled={readOnly} className="form-set">
            <legend className="unseen">What it says</legend>
            <TextInput
              label="Name"
              description="For your colleagues and for flows; nobody outside sees it."
              placeholder="Newsletter"
              value={content.name}
              maxLength={100}
              error={wrong.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              data-autofocus={form === undefined || undefined}
            />
            <TextInput
              label="Title"
              value={content.title}
              maxLength={200}
              error={wrong.title}
              onChange={(event) => set({ title: event.currentTarget.value })}
            />
            <Textarea
              label="Text below the title"
              autosize
              minRows={2}
              maxRows={8}
              value={content.intro}
              maxLength={2000}
              error={wrong.intro}
              onChange={(event) => set({ intro: event.currentTarget.value })}
            />
          </fieldset>
          <FieldList choices={choices.fields} fields={content.fields} readOnly={readOnly} onChange={(fields) => set({ fields })} />
          <TopicList choices={choices.topics} topics={content.topics} readOnly={readOnly} onChange={(topics) => set({ topics })} />
          <AfterSending content={content} readOnly={readOnly} wrong={wrong} onChange={set} />
        </div>
        <Beside content={content} form={form} readOnly={readOnly} wrong={wrong} onChange={set} />
      </div>
    </div>
  )
}
