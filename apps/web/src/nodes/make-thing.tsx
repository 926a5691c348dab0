import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import { api } from '../shell/api.ts'
import { Button } from '../ui/button.tsx'
import { Later } from '../ui/later.tsx'

/** What a dialog that makes something is given. */
export interface Making {
  onMade: (id: string) => void
  onClose: () => void
}

type Props = {
  words: string
  /** Something is chosen already. */
  quiet: boolean
  /** What was made, once the catalog knows its name. */
  onMade: (id: string) => void
  dialog: ComponentType<Making>
}

/** Makes what a step needs without leaving the flow; the step then has it. */
export function MakeThing({ words, quiet, onMade, dialog: Dialog }: Props) {
  const queries = useQueryClient()
  const [making, setMaking] = useState(false)
  const made = async (id: string) => {
    await queries.invalidateQueries(api.flows.catalog.pathFilter())
    onMade(id)
    setMaking(false)
  }
  return (
    <>
      <div className="row">
        <Button size="small" look={quiet ? 'quiet' : 'default'} icon={<IconPlus size={14} stroke={1.75} />} onClick={() => setMaking(true)}>
          {words}
        </Button>
      </div>
      {making && (
        <Later what="This question">
          <Dialog onMade={(id) => void made(id)} onClose={() => setMaking(false)} />
        </Later>
      )}
    </>
  )
}
