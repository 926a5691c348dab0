import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'

/** Changes a person by hand. It goes through their inbox, so the page looks again until the change has arrived. */
export function useChange(id: number) {
  const queries = useQueryClient()
  return useMutation(
    api.contacts.change.mutationOptions({
      onSuccess: async () => {
        const look = () => queries.invalidateQueries(api.contacts.get.queryFilter({ id }))
        setTimeout(() => void look(), 400)
        setTimeout(() => void look(), 1600)
        await look()
      },
    }),
  )
}
