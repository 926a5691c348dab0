import { useMay } from '../../shell/person.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

/** Before the first contact: the three ways in which people come in. */
export function NoContacts({ onAdd }: { onAdd: () => void }) {
  const mayEdit = useMay('admin', 'marketer')
  const mayKeys = useMay('admin')
  if (!mayEdit) return <EmptyState title="Nobody is here yet.">A marketer brings people in, or your website sends them.</EmptyState>
  return (
    <EmptyState
      title="Nobody is here yet."
      actions={
        <>
          <ButtonLink to="/imports" look="primary">
            Import people
          </ButtonLink>
          <Button onClick={onAdd}>Add one by hand</Button>
          {mayKeys && <ButtonLink to="/settings/events">Send events</ButtonLink>}
        </>
      }
    >
      Bring in a table of people, add somebody by hand, or let your website and product send what people do: whoever gives an address
      becomes a contact.
    </EmptyState>
  )
}

/** The filter or the search leaves nobody. */
export function NoMatch({ find, onClear }: { find: string; onClear: () => void }) {
  return (
    <EmptyState
      title={find.trim() === '' ? 'Nobody matches the filter.' : `Nobody is found by “${find.trim()}”.`}
      actions={<Button onClick={onClear}>Show everybody</Button>}
    />
  )
}
