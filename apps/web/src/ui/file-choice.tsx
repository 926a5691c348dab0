import type { Ref } from 'react'

type Props = {
  ref: Ref<HTMLInputElement>
  label: string
  /** As an input takes it: endings and types. */
  accept: string
  /** Called for each choice, also of the same file again. */
  onFile: (file: File | undefined) => void
}

/** Where the browser asks for a file; a button beside it clicks it. */
export function FileChoice({ ref, label, accept, onFile }: Props) {
  return (
    <input
      ref={ref}
      type="file"
      accept={accept}
      className="unseen"
      tabIndex={-1}
      aria-label={label}
      onChange={(event) => {
        onFile(event.currentTarget.files?.[0])
        event.currentTarget.value = ''
      }}
    />
  )
}
