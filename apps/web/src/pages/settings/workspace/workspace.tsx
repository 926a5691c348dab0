import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from '../../../shell/api.ts'
import { SettingsHead } from '../settings-head.tsx'
import { WorkspaceForm } from './workspace-form.tsx'

/** Name, zone, sender and postal address. */
export function Workspace() {
  const { data } = useSuspenseQuery(api.workspace.settings.queryOptions())
  return (
    <>
      <SettingsHead title="Name and sender">What holds for the whole workspace, and who its mail comes from.</SettingsHead>
      <WorkspaceForm settings={data} />
    </>
  )
}
