import { useRouter } from '@tanstack/react-router'
import type { Use } from './used.ts'

const sorts: Readonly<Record<Use['by'], { word: string; path: string }>> = {
  flow: { word: 'Flow', path: '/flows/' },
  segment: { word: 'Segment', path: '/segments/' },
  template: { word: 'Message', path: '/templates/' },
  form: { word: 'Form', path: '/forms/' },
  agreement: { word: 'Agreement', path: '/agreements/' },
  team: { word: 'Team', path: '/settings/teams/' },
  scores: { word: 'Scoring', path: '/scoring' },
}

/** What sort of thing uses another: Flow, Segment, Message, Form, Agreement, Team. */
export const sortWord = ({ by }: Pick<Use, 'by'>): string => sorts[by].word

/** The name of what uses a thing, with the way there. */
export function UseLink({ use: { by, id, name }, onGo }: { use: Use; onGo?: (() => void) | undefined }) {
  const router = useRouter()
  const href = by === 'scores' ? sorts[by].path : `${sorts[by].path}${id}`
  return (
    <a
      href={href}
      onClick={(event) => {
        event.preventDefault()
        onGo?.()
        router.history.push(href)
      }}
    >
      {name}
    </a>
  )
}
