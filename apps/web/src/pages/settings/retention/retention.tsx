import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from '../../../shell/api.ts'
import { SettingsHead } from '../settings-head.tsx'
import { RetentionForm } from './retention-form.tsx'

/** How long what happened is kept. */
export function Retention() {
  const { data } = useSuspenseQuery(api.retention.get.queryOptions())
  return (
    <>
      <SettingsHead title="Retention">
        How long Baton keeps what happened. What is older goes every night at 03:15 UTC, for good. Whatever flows and segments still look at
        stays as long as they do.
      </SettingsHead>
      <RetentionForm stored={data} />
    </>
  )
}
