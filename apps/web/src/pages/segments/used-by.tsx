import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'

/** Who asks for the segment, by name. */
export function UsedBy({ id }: { id: string }) {
  const segment = useQuery(api.segments.get.queryOptions({ id }, { staleTime: 60_000 }))
  const names = segment.data ? segment.data.uses.map((it) => it.name) : null
  if (names === null || names.length === 0) return <span className="faint">{names === null ? '' : '–'}</span>
  return (
    <span className="clip" title={names.join(', ')}>
      {names[0]}
      {names.length > 1 && <span className="muted"> and {names.length - 1} more</span>}
    </span>
  )
}
