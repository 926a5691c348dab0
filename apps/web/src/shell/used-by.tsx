import { useRouter } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { type Use, useUsed } from './used.ts'

const sorts: Readonly<Record<Use['by'], { word: string; path: string }>> = {
  flow: { word: 'Flow', path: '/flows/' },
  segment: { word: 'Segment', path: '/segments/' },
  template: { word: 'Message', path: '/templates/' },
  form: { word: 'Form', path: '/forms/' },
}

const close = () => useUsed.setState({ told: null })

/** Where it is said who uses a thing that was to be removed, with the ways there. Stands once, in the frame. */
export default function UsedByDialog() {
  const told = useUsed((state) => state.told)
  const router = useRouter()
  const go = (href: string) => {
    close()
    router.history.push(href)
  }
  return (
    <Dialog
      title={told === null ? '' : `${told.name} stays`}
      open={told !== null}
      onClose={close}
      foot={<Button onClick={close}>Close</Button>}
    >
      <p className="dialog-text">It is used here. Take it out of these first.</p>
      <ul className="used-by">
        {told?.uses.map(({ by, id, name, live }) => (
          <li key={`${by} ${id}`}>
            <span className="muted">{sorts[by].word}</span>{' '}
            <a
              href={`${sorts[by].path}${id}`}
              onClick={(event) => {
                event.preventDefault()
                go(`${sorts[by].path}${id}`)
              }}
            >
              {name}
            </a>
            {by === 'flow' && <span className="muted">{live ? ', the version that runs' : ', in the draft'}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
