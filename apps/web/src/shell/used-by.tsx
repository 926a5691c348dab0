import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { sortWord, UseLink } from './use-link.tsx'
import { useUsed } from './used.ts'

const close = () => useUsed.setState({ told: null })

/** Where it is said who uses a thing that was to be removed, with the ways there. Stands once, in the frame. */
export default function UsedByDialog() {
  const told = useUsed((state) => state.told)
  return (
    <Dialog
      title={told === null ? '' : `${told.name} stays`}
      open={told !== null}
      onClose={close}
      foot={<Button onClick={close}>Close</Button>}
    >
      <p className="dialog-text">It is used here. Take it out of these first.</p>
      <ul className="used-by">
        {told?.uses.map((use) => (
          <li key={`${use.by} ${use.id}`}>
            <span className="muted">{sortWord(use)}</span> <UseLink use={use} onGo={close} />
            {use.by === 'flow' && <span className="muted">{use.live ? ', the version that runs' : ', in the draft'}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
