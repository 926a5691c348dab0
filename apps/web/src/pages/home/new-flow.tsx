import { IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.ts'

type Props = { look?: 'primary' | 'default'; size?: 'big'; words?: string }

/** Makes a flow and opens it; for those who may draw. */
export function NewFlow({ look = 'primary', size, words = 'New flow' }: Props) {
  const may = useMay('admin', 'marketer')
  const navigate = useNavigate()
  const create = useMutation(
    api.flows.create.mutationOptions({
      onSuccess: ({ id }) => navigate({ to: '/flows/$flowId', params: { flowId: id } }),
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  if (!may) return null
  return (
    <Button look={look} size={size} icon={<IconPlus size={14} stroke={1.75} />} busy={create.isPending} onClick={() => create.mutate({})}>
      {words}
    </Button>
  )
}
