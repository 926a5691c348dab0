import type { Rate } from '@baton/engine'
import { useState } from 'react'
import { percentOf, sourceWords } from './words.ts'

/** A share in per cent that says where it comes from; what is typed is set by hand, an empty field goes back to what is known. */
export function ShareInput({ label, rate, known, onChange }: { label: string; rate: Rate; known: Rate; onChange: (rate: Rate) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const settle = (text: string) => {
    setTyped(null)
    const value = Number(text.replace(',', '.'))
    if (text.trim() === '') onChange(known)
    else if (Number.isFinite(value) && value >= 0 && value <= 100 && value !== percentOf(rate))
      onChange({ from: 'set', share: value / 100 })
  }
  return (
    <label className={`share-input ${rate.from}`} title={sourceWords(rate)}>
      <span className="unseen">{label}, per cent</span>
      <input
        className="field-input num"
        inputMode="decimal"
        value={typed ?? String(percentOf(rate))}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={(event) => settle(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle(event.currentTarget.value)
          if (event.key === 'Escape') setTyped(null)
        }}
      />
      <span aria-hidden="true">%</span>
    </label>
  )
}
