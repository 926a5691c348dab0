import type { Answers } from '../shell/api.ts'
import { Button } from '../ui/button.tsx'
import { mayResume } from './ask-resume.ts'
import { useFlowDeeds } from './flow-deeds.ts'

/** Lets a flow that is paused go on. */
export default function ResumeButton({ flow }: { flow: Answers['flows']['get'] }) {
  const { resume } = useFlowDeeds(flow)
  return (
    <Button
      look="primary"
      busy={resume.isPending}
      onClick={() => void mayResume(flow).then((yes) => yes && resume.mutate({ id: flow.id }))}
    >
      Resume
    </Button>
  )
}
