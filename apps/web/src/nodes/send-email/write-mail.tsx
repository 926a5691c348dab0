import type { Catalog } from '@baton/engine'
import { IconPencil } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, useCallback, useMemo, useState } from 'react'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Later } from '../../ui/later.tsx'
import { MakeThing, type Making } from '../make-thing.tsx'

const NewMessage = lazy(() => import('../../pages/templates/new-dialog.tsx'))
const MessageDialog = lazy(() => import('../../pages/templates/message-dialog.tsx'))

type Template = Catalog['templates'][number]
type Props = { mail: Template | undefined; known: readonly Template[]; onMade: (id: string) => void }

/** A name that no mail has yet; better ones come from whoever writes it. */
function freshName(known: readonly Template[]): string {
  const taken = new Set(known.map((it) => it.name))
  const names = ['First mail', ...known.map((_, i) => `Mail ${i + 2}`)]
  return names.find((it) => !taken.has(it)) ?? `Mail ${known.length + 2}`
}

/** Writes a mail, or changes the one that is chosen, without leaving the flow. */
export function WriteMail({ mail, known, onMade }: Props) {
  const suggested = useMemo(() => freshName(known), [known])
  const dialog = useCallback(
    ({ onMade: made, onClose }: Making) => <NewMessage open suggested={suggested} onMade={made} onClose={onClose} />,
    [suggested],
  )
  return (
    <div className="row">
      {mail && <EditMail id={mail.id} />}
      <MakeThing words={mail ? 'Write another' : 'Write a mail'} quiet={mail !== undefined} onMade={onMade} dialog={dialog} />
    </div>
  )
}

function EditMail({ id }: { id: string }) {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    // Its name and purpose stand at the step.
    void queries.invalidateQueries(api.flows.catalog.pathFilter())
  }
  return (
    <>
      <Button size="small" icon={<IconPencil size={14} stroke={1.75} />} onClick={() => setOpen(true)}>
        Edit this mail
      </Button>
      {open && (
        <Later what="The mail">
          <MessageDialog id={id} onClose={close} />
        </Later>
      )}
    </>
  )
}
