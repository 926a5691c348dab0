import { type Catalog, type FlowNode, kindOf } from '@baton/engine'
import { Select } from '../../ui/fields.tsx'
import { faceOf } from './passage-steps.ts'

type Props = {
  nodes: readonly Pick<FlowNode, 'id' | 'type' | 'data'>[]
  catalog: Catalog
  /** Where they stand: not offered. */
  but?: string | undefined
  value: string | null
  onChange: (node: string | null) => void
}

/** A step of a version at which somebody can be put: any but its starts. Named as the author named it. */
export function StepPicker({ nodes, catalog, but, value, onChange }: Props) {
  const graph = { flowId: '', version: 0, nodes: [...nodes] }
  const steps = nodes.filter((it) => it.id !== but && kindOf(it.type)?.category !== 'trigger')
  return (
    <Select
      label="Step"
      placeholder="Choose a step"
      searchable
      nothingFoundMessage="No step is called so."
      data={steps.map(({ id }) => ({ value: id, label: faceOf(graph, id, catalog).name }))}
      value={value}
      onChange={onChange}
      data-autofocus
    />
  )
}
