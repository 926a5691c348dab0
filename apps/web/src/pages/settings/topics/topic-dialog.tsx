import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Switch } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import type { Topic } from './topic.ts'

/** Makes a topic, or changes one. */
export function TopicDialog({ topic, onClose }: { topic: Topic | 'new' | null; onClose: () => void }) {
  return (
    <Dialog title={topic === 'new' ? 'New topic' : (topic?.name ?? '')} open={topic !== null} onClose={onClose}>
      {topic !== null && <TopicForm topic={topic === 'new' ? undefined : topic} onClose={onClose} />}
    </Dialog>
  )
}

function TopicForm({ topic, onClose }: { topic: Topic | undefined; onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState(topic?.name ?? '')
  const [description, setDescription] = useState(topic?.description ?? '')
  const [doubleOptIn, setDouble] = useState(topic?.doubleOptIn ?? false)
  const save = useMutation(
    api.topics.save.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: topic ? `${name.trim()} is saved.` : `${name.trim()} is a topic now.` })
        await Promise.all([queries.invalidateQueries(api.topics.pathFilter()), queries.invalidateQueries(api.flows.catalog.queryFilter())])
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = () => save.mutate({ id: topic?.id, name, description, doubleOptIn })
  return (
    <DialogForm
      error={save.error}
      deed={topic ? 'Save' : 'Make the topic'}
      busy={save.isPending}
      disabled={name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        hint="Its readers see it, too."
        data-autofocus
        placeholder="Events"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong.name}
      />
      <TextField
        label="What its readers get"
        hint="A sentence for them, on the page where they choose."
        placeholder="Invitations to webinars and fairs, about once a month."
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={wrong.description}
      />
      <Switch
        label="Ask again by mail"
        description="A yes in a form counts once the link in a mail was confirmed (double opt-in), whatever the form says. A yes on the page that a mail leads to counts at once: the mail itself is the proof."
        checked={doubleOptIn}
        onChange={(event) => setDouble(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}
