import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Select } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import type { Message } from './use-draft.ts'

/** Under which topic a marketing message goes out. Stored at once: it is no part of the text. */
export function TopicSelect({ message, readOnly }: { message: Message; readOnly: boolean }) {
  const queries = useQueryClient()
  const topics = useQuery(api.topics.list.queryOptions())
  const save = useMutation(
    api.topics.ofMessage.mutationOptions({
      onSuccess: () => toast({ words: 'It goes out under this topic from now on, also what waits.' }),
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries(api.templates.get.queryFilter({ id: message.id })),
          queries.invalidateQueries(api.flows.catalog.queryFilter()),
        ]),
    }),
  )
  const chosen = save.isPending ? save.variables.topicId : message.topicId
  return (
    <Select
      label="Topic"
      description="Only people who agreed to it get this message."
      allowDeselect={false}
      disabled={readOnly || save.isPending}
      data={topics.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={chosen ?? 'marketing'}
      onChange={(topicId) => topicId !== null && save.mutate({ templateId: message.id, topicId })}
    />
  )
}
