import type { Answers } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { Chip } from '../../ui/marks.tsx'
import { CallOff } from './call-off.tsx'

type Launch = NonNullable<Answers['flows']['get']['launch']>

/** When a draft goes live by itself, where everybody who opens the flow sees it. */
export default function LaunchChip({ flowId, launch, mayEdit }: { flowId: string; launch: Launch; mayEdit: boolean }) {
  return (
    <span
      className="row launch-chip"
      title={`Planned by ${launch.byName}. Checks and approvals have to hold then; a change of the draft stops it.`}
    >
      <Chip tone="accent">
        goes live <DateText at={launch.dueAt} style="full" />
      </Chip>
      {mayEdit && <CallOff flowId={flowId} />}
    </span>
  )
}
