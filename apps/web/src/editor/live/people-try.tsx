import { useQuery } from '@tanstack/react-query'
import { TryDialog } from '../../pages/contacts/try-dialog.tsx'
import { type Answers, api } from '../../shell/api.ts'

type Props = { flow: Pick<Answers['flows']['get'], 'id' | 'name' | 'liveVersion'>; onClose: () => void }

/** Tries a flow with a person: what would happen to them. */
export default function TryFlow({ flow, onClose }: Props) {
  const catalog = useQuery(api.flows.catalog.queryOptions())
  if (!catalog.data) return null
  return <TryDialog flow={{ id: flow.id, name: flow.name, live: flow.liveVersion !== null }} catalog={catalog.data} onClose={onClose} />
}
