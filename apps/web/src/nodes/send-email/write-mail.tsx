import type { Catalog } from '@baton/engine'
import { lazy, useCallback, useMemo } from 'react'
import { MakeThing, type Making } from '../make-thing.tsx'

const NewMessage = lazy(() => import('../../pages/templates/new-dialog.tsx'))

type Template = Catalog['templates'][number]
type Props = { mail: Template | undefined; known: readonly Template[]; onMade: (id: string) => void }

/** A name that no mail has yet; better ones come from whoever writes it. */
function freshName(known: readonly Template[]): string {
  const taken = new Set(known.map((it) => it.name))
  const names = ['First mail', ...known.map((_, i) => `Mail ${i + 2}`)]
  return names.find((it) => !taken.has(it)) ?? `Mail ${known.length + 2}`
}

/** Writes a mail without leaving the flow; the step then sends it. */
export function WriteMail({ mail, known, onMade }: Props) {
  const suggested = useMemo(() => freshName(known), [known])
  const dialog = useCallback(
    ({ onMade: made, onClose }: Making) => <NewMessage open suggested={suggested} onMade={made} onClose={onClose} />,
    [suggested],
  )
  return <MakeThing words="Write a mail" quiet={mail !== undefined} onMade={onMade} dialog={dialog} />
}
