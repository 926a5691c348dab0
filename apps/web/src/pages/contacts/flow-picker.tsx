import { type Catalog, kindOf, parseNode } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../shell/api.ts'
import { Select } from '../../ui/fields.tsx'

export type Start = { flowId: string; node: string; flowName: string }

type Props = {
  catalog: Catalog
  flowId: string | null
  onFlow: (flowId: string | null) => void
  onStart: (start: Start | null) => void
  node: string | null
}

/** A flow that runs, and one of its starts: asked only where it has several. */
export function FlowPicker({ catalog, flowId, onFlow, node, onStart }: Props) {
  const flows = useQuery(api.flows.list.queryOptions())
  const flow = useQuery(api.flows.get.queryOptions({ id: flowId ?? '' }, { enabled: flowId !== null }))
  const open = (flows.data ?? []).filter((it) => it.status === 'live' || it.status === 'paused')
  const starts = (flow.data?.liveGraph?.nodes ?? [])
    .filter((it) => kindOf(it.type)?.category === 'trigger')
    .map((it) => {
      const read = parseNode(it)
      const own = typeof it.data.name === 'string' && it.data.name !== '' ? it.data.name : null
      const words =
        'ok' in read
          ? read.ok.kind
              .sentence(read.ok.config, catalog)
              .map((part) => part.text)
              .join('')
          : it.type
      return { value: it.id, label: own ?? words }
    })
  const name = open.find((it) => it.id === flowId)?.name
  const only = starts[0]
  const chosen = starts.some((it) => it.value === node)
  useEffect(() => {
    if (flowId !== null && name !== undefined && only && !chosen) onStart({ flowId, node: only.value, flowName: name })
  }, [flowId, name, only, chosen, onStart])
  return (
    <>
      <Select
        label="Flow"
        placeholder="Choose a flow"
        data={open.map((it) => ({ value: it.id, label: it.status === 'paused' ? `${it.name} (paused)` : it.name }))}
        value={flowId}
        onChange={(next) => {
          onStart(null)
          onFlow(next)
        }}
        searchable
        nothingFoundMessage="No flow is live. Publish one first."
        description="They come in as if they had met the start. A flow that lets people in once only does not take them again."
      />
      {starts.length > 1 && flowId !== null && name !== undefined && (
        <Select
          label="Where they come in"
          data={starts}
          value={node}
          allowDeselect={false}
          onChange={(next) => next !== null && onStart({ flowId, node: next, flowName: name })}
        />
      )}
    </>
  )
}
