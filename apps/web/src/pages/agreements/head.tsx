import type { Catalog } from '@baton/engine'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { TopBar } from '../../shell/top-bar.tsx'
import { Chip } from '../../ui/marks.tsx'
import type { Agreement } from './words.ts'

export type TabProps = { agreement: Agreement; catalog: Catalog; middle: ReactNode }

/** The bar of every tab: which agreement, which version decides, whether both sides stand by it. */
export function AgreementHead({ agreement, middle, children }: { agreement: Agreement; middle: ReactNode; children?: ReactNode }) {
  const deciding = agreement.versions.find((it) => it.version === agreement.deciding)
  return (
    <TopBar
      crumbs={[
        <Link key="list" to="/agreements">
          Agreements
        </Link>,
        agreement.name,
      ]}
      beside={
        <>
          {deciding?.inForceAt != null && (
            <Chip tone={deciding.signed ? 'ok' : 'warn'}>
              {deciding.signed ? `v${deciding.version} signed` : `v${deciding.version} not signed any more`}
            </Chip>
          )}
          {agreement.draft !== null && <Chip tone="accent">draft v{agreement.draft}</Chip>}
        </>
      }
      middle={middle}
    >
      {children}
    </TopBar>
  )
}
