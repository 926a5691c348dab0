import './versions.css'
import { useQuery } from '@tanstack/react-query'
import { type Answers, api } from '../shell/api.ts'
import { DateText } from '../ui/date-text.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailedFrame } from '../ui/error-frame.tsx'
import { Chip } from '../ui/marks.tsx'
import { fullNumber } from '../ui/numbers.ts'
import { SkeletonRows } from '../ui/skeleton.tsx'

type Version = Answers['flows']['versions'][number]

/** Every version that went live: who published it and when, who approved it, and which warnings stood, for which reasons. */
export default function VersionsDrawer({
  flow,
  onClose,
}: {
  flow: { id: string; name: string; liveVersion: number | null }
  onClose: () => void
}) {
  const versions = useQuery(api.flows.versions.queryOptions({ id: flow.id }))
  return (
    <Drawer title={`Versions of ${flow.name}`} open onClose={onClose}>
      {versions.isPending && <SkeletonRows rows={4} height={64} />}
      {versions.isError && <FailedFrame what="The list of versions" error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data?.length === 0 && <EmptyState title="Nothing was published yet." />}
      <ol className="versions">
        {versions.data?.map((it) => (
          <li key={it.version}>
            <One version={it} live={it.version === flow.liveVersion} />
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
  const { acknowledged, approvedBy, inside, migration, notes } = it
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
