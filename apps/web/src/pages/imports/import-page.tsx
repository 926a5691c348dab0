import './imports.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Inputs } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Mapping } from './mapping.tsx'
import { Report } from './report.tsx'

const route = getRouteApi('/frame/imports/$importId')
type ReadAs = NonNullable<Inputs['imports']['preview']['as']>

/** One file: what its columns mean, then how far it is, then what came of it. */
export function ImportPage() {
  const { importId: id } = route.useParams()
  const job = useQuery(
    api.imports.get.queryOptions({ id }, { refetchInterval: ({ state }) => (state.data?.status === 'running' ? 500 : false) }),
  )
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="contacts" to="/contacts">
            Contacts
          </Link>,
          <Link key="imports" to="/imports">
            Import
          </Link>,
          job.data?.fileName ?? '…',
        ]}
      />
      <div className="page-body import-body" key={id}>
        {job.isPending && <SkeletonRows rows={10} />}
        {job.error && (
          <EmptyState title="This import is not here" actions={<ButtonLink to="/imports">To the imports</ButtonLink>}>
            {problemWords(job.error)}
          </EmptyState>
        )}
        {job.data &&
          (job.data.status === 'uploaded' ? (
            <Setup id={id} onStarted={() => void job.refetch()} />
          ) : (
            <Report job={job.data} onChanged={() => void job.refetch()} />
          ))}
      </div>
    </div>
  )
}

function Setup({ id, onStarted }: { id: string; onStarted: () => void }) {
  const [as, setAs] = useState<ReadAs>({})
  const preview = useQuery(
    api.imports.preview.queryOptions({ id, as }, { staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData, retry: false }),
  )
  const fields = useQuery(api.fields.list.queryOptions())
  if (preview.error)
    return (
      <EmptyState title="This file cannot be read" actions={<ButtonLink to="/imports">Choose another file</ButtonLink>}>
        {problemWords(preview.error)}
      </EmptyState>
    )
  if (!preview.data || !fields.data) return <SkeletonRows rows={12} />
  const { encoding, delimiter, header } = preview.data
  return (
    <Mapping
      key={`${encoding} ${delimiter} ${header}`}
      preview={preview.data}
      fields={fields.data}
      onReadAs={(next) => setAs({ encoding, delimiter, header, ...next })}
      onStarted={onStarted}
    />
  )
}
