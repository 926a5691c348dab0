import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../../shell/api.ts'
import { SettingsHead } from '../settings-head.tsx'
import { SendingForm } from './sending-form.tsx'

/** The rules for all mail: how much, when, and what stops a flow. */
export function Sending() {
  const { data } = useSuspenseQuery(api.sending.settings.queryOptions())
  return (
    <>
      <SettingsHead title="Sending">
        How much marketing mail one person gets, at which hours, and what pauses a flow by itself. Who mail comes from is under{' '}
        <Link to="/settings/workspace">Name and sender</Link>.
      </SettingsHead>
      <SendingForm settings={data} />
    </>
  )
}
