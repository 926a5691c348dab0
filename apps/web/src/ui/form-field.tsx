import './panel.css'
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'

type FieldProps = {
  label: ReactNode
  /** Explains before anything is wrong. */
  hint?: ReactNode
  /** Says what to do; replaces the hint. */
  error?: ReactNode
  /** Gets the ids that tie the control to its words. */
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }) => ReactNode
}

/** Label, control, and hint or error below it, tied together for screen readers. Takes any control. */
export function FormField({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const wrong = error !== undefined && error !== null && error !== ''
  const below = wrong || hint !== undefined ? `${id}-below` : undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': below, 'aria-invalid': wrong || undefined })}
      {wrong ? (
        <p id={below} className="wrong" role="alert">
          {error}
        </p>
      ) : (
        hint !== undefined && (
          <p id={below} className="hint">
            {hint}
          </p>
        )
      )}
    </div>
  )
}

type TextProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'size'> &
  Pick<FieldProps, 'label' | 'hint' | 'error'> & { big?: boolean; ref?: Ref<HTMLInputElement> }

/** A line of text with label and inline error. For selects, numbers and the like see fields.tsx. */
export function TextField({ label, hint, error, big = false, ...rest }: TextProps) {
  return (
    <FormField label={label} hint={hint} error={error}>
      {(ids) => <input className={big ? 'field-input big' : 'field-input'} {...rest} {...ids} />}
    </FormField>
  )
}
