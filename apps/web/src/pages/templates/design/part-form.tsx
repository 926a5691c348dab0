import {
  IconArrowDown,
  IconArrowUp,
  IconCode,
  IconHeading,
  IconLetterT,
  IconMinus,
  IconPhoto,
  IconRectangle,
  IconShieldCheck,
  IconSpacingVertical,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import { useRef } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { LineField } from '../line-field.tsx'
import type { Part } from './parts.ts'
import { writeText } from './rich.ts'
import { WordsField } from './words-field.tsx'

const looks: Readonly<Record<Part['kind'], { words: string; icon: TablerIcon }>> = {
  heading: { words: 'Headline', icon: IconHeading },
  text: { words: 'Text', icon: IconLetterT },
  button: { words: 'Button', icon: IconRectangle },
  image: { words: 'Picture', icon: IconPhoto },
  divider: { words: 'Line', icon: IconMinus },
  space: { words: 'Space', icon: IconSpacingVertical },
  footer: { words: 'Footer', icon: IconShieldCheck },
  other: { words: 'Made in the source', icon: IconCode },
}

const lineWords: Readonly<Record<string, { label: string; placeholder?: string }>> = {
  'mj-button href': { label: 'Leads to', placeholder: 'https://' },
  'mj-image src': { label: 'Address of the picture', placeholder: 'https://' },
  'mj-image alt': { label: 'What it shows', placeholder: 'For those who do not see pictures' },
  'mj-image href': { label: 'Leads to', placeholder: 'Nowhere' },
}

const icon = { size: 14, stroke: 1.75 }

export interface PartDeeds {
  words(part: Part, words: string): void
  line(part: Part, attribute: string, text: string): void
  /** undefined where it is the first or last of its column. */
  up: ((part: Part) => void) | undefined
  down: ((part: Part) => void) | undefined
  remove(part: Part): void
  choose(part: Part): void
  toSource(part: Part): void
}

type Props = { part: Part; number: number; readOnly: boolean; chosen: boolean } & PartDeeds

/** One piece of the mail with what of it can be changed. */
export function PartForm({ part, number, readOnly, chosen, ...deeds }: Props) {
  const { words, icon: Icon } = looks[part.kind]
  const name = `${words} ${number}`
  const typed = useTyped(part)
  const locked = (part.name === 'mj-text' || part.name === 'mj-button') && part.words === null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would have its legend read before every field in it
    <div className="part" role="group" aria-label={name} data-chosen={chosen || undefined} onFocus={() => deeds.choose(part)}>
      <header>
        <Icon {...icon} aria-hidden="true" />
        <strong className="grow">{words}</strong>
        {!readOnly && part.kind !== 'footer' && (
          <div className="part-deeds">
            <IconButton size="small" label="Up" icon={<IconArrowUp {...icon} />} disabled={!deeds.up} onClick={() => deeds.up?.(part)} />
            <IconButton
              size="small"
              label="Down"
              icon={<IconArrowDown {...icon} />}
              disabled={!deeds.down}
              onClick={() => deeds.down?.(part)}
            />
            <IconButton
              size="small"
              label={`Remove the ${words.toLowerCase()}`}
              icon={<IconTrash {...icon} />}
              onClick={() => deeds.remove(part)}
            />
          </div>
        )}
      </header>
      {part.words !== null && (
        <WordsField
          label="Words"
          value={typed.shown}
          readOnly={readOnly}
          big={part.kind === 'heading'}
          oneLine={part.kind === 'button'}
          onChange={(next) => {
            typed.note(next)
            deeds.words(part, next)
          }}
        />
      )}
      {part.lines.map(({ attribute, text }) => (
        <LineField
          key={attribute}
          label={lineWords[`${part.name} ${attribute}`]?.label ?? attribute}
          placeholder={lineWords[`${part.name} ${attribute}`]?.placeholder}
          value={text}
          disabled={readOnly}
          onChange={(next) => deeds.line(part, attribute, next)}
        />
      ))}
      {part.kind === 'footer' && <p className="small muted">Your address and the link to unsubscribe: put in when the mail goes out.</p>}
      {(locked || part.kind === 'other') && (
        <p className="small muted">
          {locked ? 'Its words have a form of their own. ' : ''}
          <Button size="small" look="quiet" onClick={() => deeds.toSource(part)}>
            Change it in the source
          </Button>
        </p>
      )}
    </div>
  )
}

/** What was typed, as long as the source says the same: a blank at its end is no difference there, but under the hands of who types. */
function useTyped({ words, html }: Part) {
  const last = useRef<{ typed: string; html: string } | null>(null)
  const known = last.current !== null && last.current.html === html.trim()
  return {
    shown: known ? (last.current?.typed ?? '') : (words ?? ''),
    note: (typed: string) => {
      last.current = { typed, html: writeText(typed, html).trim() }
    },
  }
}
