import './versions.css'
import type { FlowGraph } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api, client } from '../shell/api.ts'
import { Button } from '../ui/button.tsx'
import { DateText } from '../ui/date-text.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailedFrame } from '../ui/error-frame.tsx'
import { Chip } from '../ui/marks.tsx'
import { fullNumber } from '../ui/numbers.ts'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.ts'
import { compare, type Side } from './review/compare.ts'
import { KeptFigures } from './review/simulation.tsx'

type Version = Answers['flows']['versions'][number]

type Props = {
  flow: { id: string; name: string; liveVersion: number | null }
  onClose: () => void
  /** Puts a version in the place of the draft; null where the reader does not draw. */
  onRestore: ((graph: FlowGraph, version: number) => void) | null
}

/** Every version that went live: who, when, why, its simulation; beside another one, or back as the draft. */
export default function VersionsDrawer({ flow, onClose, onRestore }: Props) {
  const navigate = useNavigate()
  const versions = useQuery(api.flows.versions.queryOptions({ id: flow.id }))
  const [restoring, setRestoring] = useState<number | null>(null)
  const see = (from: Side, to: Side) => {
    compare({ flowId: flow.id, from, to })
    onClose()
    void navigate({ to: '/flows/$flowId', params: { flowId: flow.id }, search: { mode: 'review' } })
  }
  const restore = async (version: number) => {
    setRestoring(version)
    try {
      const { graph } = await client.flows.version.query({ id: flow.id, version })
      onClose()
      onRestore?.(graph, version)
    } catch (error) {
      toast({ words: error instanceof Error ? error.message : String(error), bad: true })
    } finally {
      setRestoring(null)
    }
  }
  return (
    <Drawer title={`Versions of ${flow.name}`} open onClose={onClose}>
      {versions.isPending && <SkeletonRows rows={4} height={64} />}
      {versions.isError && <FailedFrame what="The list of versions" error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data?.length === 0 && <EmptyState title="Nothing was published yet." />}
      <ol className="versions">
        {versions.data?.map((it) => (
          <li key={it.version}>
            <One version={it} live={it.version === flow.liveVersion} />
            <div className="row version-deeds">
              <Button size="small" onClick={() => see(it.version > 1 ? it.version - 1 : it.version, it.version > 1 ? it.version : 'draft')}>
                {it.version > 1 ? `Compare with ${it.version - 1}` : 'Compare with the draft'}
              </Button>
              {onRestore && (
                <Button size="small" busy={restoring === it.version} onClick={() => void restore(it.version)}>
                  Restore as the draft
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Drawer>
  )
}

/** What became of those who were inside, as it was planned. */
function takenWords({ people, same, goOn, leave, stay }: NonNullable<Version['migration']>): string {
  const parts = [
    same > 0 && `${fullNumber(same)} at their step`,
    goOn > 0 && `${fullNumber(goOn)} at another`,
    leave > 0 && `${fullNumber(leave)} left`,
    stay > 0 && `${fullNumber(stay)} stayed on the old version`,
  ].filter((part) => part !== false)
  return `Of ${fullNumber(people)} inside: ${parts.join(', ')}.`
}

function One({ version: it, live }: { version: Version; live: boolean }) {
  const { acknowledged, approvedBy, inside, migration, notes, simulation } = it
  return (
    <>
      <h3>
        Version {it.version} {live && <Chip tone="ok">live</Chip>}
      </h3>
      <p className="small muted">
        Published {it.publishedBy !== null && `by ${it.publishedBy} `}
        <DateText at={it.publishedAt} style="full" />
        {inside > 0 && `. ${fullNumber(inside)} ${inside === 1 ? 'person is' : 'people are'} inside`}
      </p>
      {notes !== '' && <p className="notes">{notes}</p>}
      {migration !== null && <p className="small muted">{takenWords(migration)}</p>}
      {approvedBy.length > 0 && <p className="small muted">Approved by {approvedBy.map((one) => one.name).join(', ')}</p>}
      {simulation && <KeptFigures kept={simulation} />}
      {acknowledged.length > 0 && (
        <dl aria-label={`Warnings of version ${it.version}`}>
          {acknowledged.map((one) => (
            <div key={one.key}>
              <dt>{one.say}</dt>
              <dd>
                {one.reason} <span className="faint">{one.byName}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
