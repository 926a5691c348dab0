import { IconBold, IconItalic, IconLink } from '@tabler/icons-react'
import { useRef } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { VariableMenu } from '../insert-menu.tsx'

type Props = {
  label: string
  value: string
  readOnly: boolean
  big: boolean
  /** A line of a button has no new lines. */
  oneLine: boolean
  onChange: (words: string) => void
}

const icon = { size: 14, stroke: 1.75 }

/** So many lines are shown: as many as the words take, roughly. */
const linesOf = (words: string): number => words.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 68)), 0)

/** Words of a mail, with what can be done to them: bold, slanted, a link, a field of the person. */
export function WordsField({ label, value, readOnly, big, oneLine, onChange }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const put = (make: (chosen: string) => { text: string; from: number; to: number }) => {
    const { selectionStart = value.length, selectionEnd = value.length } = field.current ?? {}
    const { text, from, to } = make(value.slice(selectionStart, selectionEnd))
    onChange(value.slice(0, selectionStart) + text + value.slice(selectionEnd))
    // A menu that asked gives the focus back to its button first.
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(selectionStart + from, selectionStart + to)
    })
  }
  const around = (sign: string, instead: string) => () =>
    put((chosen) => {
      const words = chosen === '' ? instead : chosen
      return { text: sign + words + sign, from: sign.length, to: sign.length + words.length }
    })
  const link = () =>
    put((chosen) => {
      const words = chosen === '' ? 'the words to press' : chosen
      const text = `[${words}](https://)`
      return { text, from: text.length - 1, to: text.length - 1 }
    })
  return (
    <>
      <textarea
        ref={field}
        className={big ? 'field-input words big-words' : 'field-input words'}
        rows={linesOf(value)}
        value={value}
        readOnly={readOnly}
        onChange={({ currentTarget }) => onChange(oneLine ? currentTarget.value.replaceAll('\n', ' ') : currentTarget.value)}
        aria-label={label}
      />
      {!readOnly && (
        <div className="words-tools">
          <IconButton size="small" label="Bold" icon={<IconBold {...icon} />} onClick={around('**', 'bold')} />
          <IconButton size="small" label="Italic" icon={<IconItalic {...icon} />} onClick={around('__', 'italic')} />
          {!oneLine && <IconButton size="small" label="Link" icon={<IconLink {...icon} />} onClick={link} />}
          <VariableMenu small onPick={(text) => put(() => ({ text, from: text.length, to: text.length }))} />
        </div>
      )}
    </>
  )
}
