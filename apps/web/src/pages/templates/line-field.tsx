import { useRef } from 'react'
import { FormField } from '../../ui/form-field.tsx'
import { VariableMenu } from './insert-menu.tsx'

type Props = {
  label: string
  hint?: string | undefined
  placeholder?: string | undefined
  error?: string | undefined
  value: string
  onChange: (value: string) => void
  disabled: boolean
}

/** A line of the mail, with a menu that puts a field in where the cursor is. */
export function LineField({ label, hint, placeholder, error, value, onChange, disabled }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const put = (text: string) => {
    const { selectionStart, selectionEnd } = input.current ?? {}
    const from = selectionStart ?? value.length
    onChange(value.slice(0, from) + text + value.slice(selectionEnd ?? from))
    // After the menu has given the focus back, the cursor goes behind what was put in.
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(from + text.length, from + text.length)
    })
  }
  return (
    <FormField label={label} hint={hint} error={error}>
      {(ids) => (
        <div className="line-field">
          <input
            ref={input}
            className="field-input grow"
            placeholder={placeholder}
            value={value}
            disabled={disabled}
            onChange={(event) => onChange(event.currentTarget.value)}
            {...ids}
          />
          {!disabled && <VariableMenu small onPick={put} />}
        </div>
      )}
    </FormField>
  )
}
