import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import type { Field } from './field-types.ts'

type Props = { field: Field | null; onClose: () => void }

/** Deletes a field that nothing uses; otherwise tells where it is used. */
export function RemoveDialog({ field, onClose }: Props) {
  return (
    <Dialog title={field === null ? '' : `Delete ${field.label}?`} open={field !== null} onClose={onClose}>
      {field !== null && <Remove field={field} onClose={onClose} />}
    </Dialog>
  )
}

function Remove({ field, onClose }: { field: Field; onClose: () => void }) {
  const queries = useQueryClient()
  const uses = useQuery(api.fields.uses.queryOptions({ key: field.key }, { staleTime: 0 }))
  const others = useQuery(api.uses.of.queryOptions({ kind: 'field', id: field.key }, { staleTime: 0 }))
  const remove = useMutation(
    api.fields.remove.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: `${field.label} is deleted.` })
        await queries.invalidateQueries({ queryKey: api.fields.pathKey() })
      },
    }),
  )
  const { segments = [], flows = [], contacts = 0 } = uses.data ?? {}
  const templates = others.data?.filter((it) => it.by === 'template') ?? []
  const forms = others.data?.filter((it) => it.by === 'form') ?? []
  const agreements = others.data?.filter((it) => it.by === 'agreement') ?? []
  const teams = others.data?.filter((it) => it.by === 'team') ?? []
  const scored = others.data?.some((it) => it.by === 'scores') ?? false
  const used = segments.length + flows.length + contacts + templates.length + forms.length + agreements.length + teams.length > 0 || scored
  const known = uses.data !== undefined && others.data !== undefined
  return (
    <>
      {!known && !uses.error && !others.error && <SkeletonText lines={3} />}
      {known && !used && <p className="dialog-text">Nothing uses it and nobody has a value.</p>}
      {used && (
        <div className="stack">
          <p className="dialog-text">It stays as long as it is used:</p>
          <ul className="uses">
            {segments.map((it) => (
              <li key={it.id}>
                Segment{' '}
                <Link to="/segments/$segmentId" params={{ segmentId: it.id }}>
                  {it.name}
                </Link>
              </li>
            ))}
            {flows.map((it) => (
              <li key={it.id}>
                Flow{' '}
                <Link to="/flows/$flowId" params={{ flowId: it.id }}>
                  {it.name}
                </Link>
              </li>
            ))}
            {templates.map((it) => (
              <li key={it.id}>
                Message{' '}
                <Link to="/templates/$templateId" params={{ templateId: it.id }}>
                  {it.name}
                </Link>
              </li>
            ))}
            {forms.map((it) => (
              <li key={it.id}>
                Form{' '}
                <Link to="/forms/$formId" params={{ formId: it.id }}>
                  {it.name}
                </Link>
              </li>
            ))}
            {scored && (
              <li>
                A rule of the <Link to="/scoring">score model</Link>
              </li>
            )}
            {agreements.map((it) => (
              <li key={it.id}>
                Agreement{' '}
                <Link to="/agreements/$agreementId" params={{ agreementId: it.id }}>
                  {it.name}
                </Link>
              </li>
            ))}
            {teams.map((it) => (
              <li key={it.id}>
                Territories of{' '}
                <Link to="/settings/teams/$teamId" params={{ teamId: it.id }} search={{ show: 'territories' }}>
                  {it.name}
                </Link>
              </li>
            ))}
            {contacts > 0 && (
              <li>
                {contacts >= 1000 ? 'More than 1,000 people have' : contacts === 1 ? '1 person has' : `${fullNumber(contacts)} people have`}{' '}
                a value
              </li>
            )}
          </ul>
        </div>
      )}
      {remove.error && <Callout tone="danger" title={problemWords(remove.error)} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>{used ? 'Close' : 'Cancel'}</Button>
        {!used && (
          <Button look="danger" disabled={!known} busy={remove.isPending} onClick={() => remove.mutate({ key: field.key })}>
            Delete
          </Button>
        )}
      </div>
    </>
  )
}
