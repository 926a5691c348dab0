import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Select } from '../../ui/fields.tsx'
import { Chip } from '../../ui/marks.tsx'
import { SentenceText } from '../contacts/sentence.tsx'
import { Changes } from './changes.tsx'
import { AgreementHead, type TabProps } from './head.tsx'
import { Signatures } from './signatures.tsx'
import type { Version } from './words.ts'

const stateOf = (version: Version, deciding: number) => {
  if (version.replacedAt !== null) return <Chip>replaced</Chip>
  if (version.inForceAt === null) return <Chip tone="accent">draft</Chip>
  return (
    <Chip tone={version.signed ? 'ok' : 'warn'}>
      {version.version === deciding ? (version.signed ? 'in force' : 'decides, not signed') : 'replaced'}
    </Chip>
  )
}

/** Every version with its names, the newest first, and what differs between any two. */
export function VersionsTab({ agreement, middle }: TabProps) {
  const versions = agreement.versions.toReversed()
  return (
    <div className="page">
      <AgreementHead agreement={agreement} middle={middle} />
      <div className="page-body agreement-main">
        {versions.length > 1 && <Between agreementId={agreement.id} versions={versions} />}
        {versions.map((version) => {
          const past = version.signatures.filter((it) => it.endedAt !== null)
          const open = version.version === agreement.draft || version.version === agreement.deciding
          return (
            <section key={version.version} className="agreement-version" aria-label={`Version ${version.version}`}>
              <header>
                <h2>Version {version.version}</h2>
                {stateOf(version, agreement.deciding)}
                <span className="small muted">
                  {version.inForceAt !== null ? (
                    <>
                      from <DateText at={version.inForceAt} style="full" />
                      {version.replacedAt !== null && (
                        <>
                          {' '}
                          to <DateText at={version.replacedAt} style="full" />
                        </>
                      )}
                    </>
                  ) : (
                    <>
                      changed <DateText at={version.updatedAt} style="full" />
                      {version.updatedBy !== null && ` by ${version.updatedBy}`}
                    </>
                  )}
                </span>
              </header>
              <p>
                <SentenceText sentence={version.sentence} />.
              </p>
              {open ? (
                <Signatures agreementId={agreement.id} version={version} closed={version.problems[0] ?? null} />
              ) : (
                <p className="small muted">
                  Signed by{' '}
                  {version.signatures
                    .filter((it) => it.endedAt === null)
                    .map((it) => `${it.userName} for ${it.side}`)
                    .join(' and ') || 'nobody any more'}
                  .
                </p>
              )}
              {past.map((it) => (
                <p key={it.id} className="small muted">
                  {it.userName} signed for {it.side} on <DateText at={it.at} style="full" />;{' '}
                  {it.ended === 'void' ? 'void since the text was changed' : 'taken back'} on <DateText at={it.endedAt} style="full" />.
                </p>
              ))}
            </section>
          )
        })}
      </div>
    </div>
  )
}

/** What differs between two versions of one's choice. */
function Between({ agreementId, versions }: { agreementId: string; versions: readonly Version[] }) {
  const [to, setTo] = useState(versions[0]?.version ?? 2)
  const [from, setFrom] = useState(versions[1]?.version ?? 1)
  const found = useQuery(api.agreements.compare.queryOptions({ id: agreementId, from, to }))
  const data = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }))
  return (
    <section aria-labelledby="between">
      <h2 id="between">What changed</h2>
      <div className="row agreement-between">
        <span>from</span>
        <Select aria-label="From version" data={data} value={String(from)} allowDeselect={false} onChange={(it) => setFrom(Number(it))} />
        <span>to</span>
        <Select aria-label="To version" data={data} value={String(to)} allowDeselect={false} onChange={(it) => setTo(Number(it))} />
      </div>
      {found.isError && <FailedFrame what="The comparison" error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Changes changes={found.data} />}
    </section>
  )
}
