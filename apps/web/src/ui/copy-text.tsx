import './panel.css'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useId, useState } from 'react'
import { Button } from './button.tsx'

/** Puts a text into the clipboard. Without the right to it (a page over plain http) the words say to do it by hand. */
export function CopyButton({ text, size }: { text: string; size?: 'small' | 'medium' | 'big' | undefined }) {
  const [said, setSaid] = useState<'copied' | 'by-hand' | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), 2000)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () => {
    if (!navigator.clipboard) return setSaid('by-hand')
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('by-hand'),
    )
  }
  return (
    <Button size={size} onClick={copy} icon={said === 'copied' ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.75} />}>
      <span aria-live="polite">{said === 'copied' ? 'Copied' : said === 'by-hand' ? 'Press Ctrl C' : 'Copy'}</span>
    </Button>
  )
}

/** A text that is passed on: selected when it gets the focus, copied by a press. */
export function CopyText({ label, text, hint }: { label: string; text: string; hint?: string | undefined }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="row">
        <input
          id={id}
          readOnly
          className="field-input grow"
          style={{ fontFamily: 'ui-monospace, Menlo, monospace', fontSize: 12 }}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={text} />
      </div>
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  )
}
