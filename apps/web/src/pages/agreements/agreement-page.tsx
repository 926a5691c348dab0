import './agreements.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { isFinal, problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { MeasureTab } from './measure-tab.tsx'
import type { AgreementTab } from './routes.tsx'
import { RulesTab } from './rules-tab.tsx'
import { VersionsTab } from './versions-tab.tsx'

const route = getRouteApi('/frame/agreements/$agreementId')

const TABS = [
  { value: 'rules', label: 'Rules' },
  { value: 'measure', label: 'Measure' },
  { value: 'versions', label: 'Versions and signatures' },
] as const

/** One agreement: what it says, what came of it, who signed it. */
export function AgreementPage() {
  const { agreementId } = route.useParams()
  const { tab = 'rules' } = route.useSearch()
  const navigate = useNavigate()
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const agreement = useQuery(api.agreements.get.queryOptions({ id: agreementId }))
  const middle = (
    <Segmented
      label="Part"
      value={tab}
      options={TABS}
      onChange={(next: AgreementTab) => void navigate({ to: '/agreements/$agreementId', params: { agreementId }, search: { tab: next } })}
    />
  )
  if (agreement.data && catalog.data) {
    const shown = { agreement: agreement.data, catalog: catalog.data, middle }
    if (tab === 'measure') return <MeasureTab {...shown} />
    if (tab === 'versions') return <VersionsTab {...shown} />
    return <RulesTab key={agreementId} {...shown} />
  }
  const error = agreement.error ?? catalog.error
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="list" to="/agreements">
            Agreements
          </Link>,
          '…',
        ]}
        middle={middle}
      />
      {!error && <SkeletonText lines={6} />}
      {error &&
        (isFinal(error) ? (
          <EmptyState title="This agreement is not here" actions={<ButtonLink to="/agreements">To the list</ButtonLink>}>
            {problemWords(error)}
          </EmptyState>
        ) : (
          <FailedFrame what="This agreement" error={error} onRetry={() => void Promise.all([agreement.refetch(), catalog.refetch()])} />
        ))}
    </div>
  )
}
