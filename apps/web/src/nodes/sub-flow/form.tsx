import type { ConfigOf } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Select } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'sub-flow'>

/** Chooses the flow, where people begin in it, and takes its newer version. The ways out are its exits. */
export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const router = useRouter()
  const { flowId, version, start } = config
  const flow = catalog.flows.find((it) => it.id === flowId)
  const wanted = version ?? flow?.version ?? null
  const inside = useQuery(
    api.flows.contained.queryOptions({ id: flowId ?? '', version: wanted ?? 1 }, { enabled: flowId !== null && wanted !== null }),
  )
  const choose = (id: string | null) => onChange({ ...config, flowId: id, version: null, start: null, ways: [] })
  const begin = (node: string | null) => {
    const entrance = inside.data?.entrances.find((it) => it.node === node)
    if (entrance) onChange({ ...config, version: wanted, start: entrance.node, ways: entrance.ways })
  }
  const latest = flow?.version ?? null
  const newer = latest !== null && version !== null && latest > version
  const flows = catalog.flows.filter((it) => it.version !== null || it.id === flowId)
  return (
    <div className="stack">
      <Select
        label="Flow"
        placeholder="Choose a flow"
        searchable
        nothingFoundMessage="No published flow is called so."
        disabled={readOnly}
        data={flows.map(({ id, name }) => ({ value: id, label: name }))}
        value={flow ? flowId : null}
        onChange={choose}
        error={wrongAt(issues, 'flowId') ?? issues.find((it) => it.code === 'missing-flow')?.say}
      />
      {flow && latest === null && version === null && <p className="small muted">{flow.name} has not been published yet.</p>}
      {inside.isError && <FailedFrame what="The flow" error={inside.error} onRetry={() => void inside.refetch()} />}
      {inside.data && (
        <Select
          label="People begin behind"
          placeholder="Choose a start"
          allowDeselect={false}
          disabled={readOnly}
          data={inside.data.entrances.map(({ node, name }) => ({ value: node, label: name }))}
          value={start}
          onChange={begin}
          error={wrongAt(issues, 'start') ?? wrongAt(issues, 'version') ?? wrongAt(issues, 'ways')}
        />
      )}
      {flow && version !== null && (
        <div className="stack">
          <p className="small muted">
            Contains {flow.name}, version {version}. Later versions change nothing here until you take them.
          </p>
          <div className="row">
            {newer && !readOnly && (
              <Button size="small" look="quiet" onClick={() => onChange({ ...config, version: latest, start: null, ways: [] })}>
                Take version {latest}
              </Button>
            )}
            <Button size="small" look="quiet" onClick={() => void router.history.push(`/flows/${flow.id}`)}>
              Open {flow.name}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
