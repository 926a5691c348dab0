import './panel.css'
import { IconSearch, IconX } from '@tabler/icons-react'
import type { Ref } from 'react'

type Props = {
  /** Both the name for screen readers and the placeholder: "Find a contact". */
  label: string
  value: string
  onChange: (value: string) => void
  width?: number | string | undefined
  ref?: Ref<HTMLInputElement>
}

/** A field that narrows a list while one types; Esc empties it. */
export function SearchInput({ label, value, onChange, width = 240, ref }: Props) {
  return (
    <div className="find" style={{ width }}>
      <IconSearch size={14} stroke={1.75} aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
      {value !== '' && (
        <button
          type="button"
          className="btn quiet small icon"
          style={{ width: 20, height: 20, marginRight: -4 }}
          aria-label="Clear"
          onClick={() => onChange('')}
        >
          <IconX size={14} stroke={1.75} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

/** What stands between head and list: filters left, deeds right. */
export function Toolbar({ children }: { children: React.ReactNode }) {
  return <div className="toolbar">{children}</div>
}
