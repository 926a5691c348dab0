import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../../shell/api.ts'
import type { Text } from './use-draft.ts'

/** The mail as the server makes it of this text for this person, a moment after the last letter was typed. */
export function usePreview(text: Text, contactId: number | null) {
  const [settled] = useDebouncedValue(text, 400)
  return useQuery({
    queryKey: ['template-preview', settled, contactId],
    queryFn: () => client.templates.preview.mutate({ text: settled, contactId }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  })
}
