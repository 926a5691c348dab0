import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { CopyText } from '../../../ui/copy-text.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TagsInput } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { SiteSnippet } from './site-snippet.tsx'

const help = {
  browser:
    'For pages: everybody can read it there. It brings in events and what nobody knows yet; it never changes the address, consent or owner of a known contact.',
  server: 'For your own servers: keep it secret. It may also set fields of known contacts.',
}

/** Asks what the key is for, then shows it: a server's once, a browser's with the line for the site. */
export function KeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="New write key" open={open} onClose={onClose} width={520}>
      {open && <KeyForm onClose={onClose} />}
    </Dialog>
  )
}

function KeyForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<'browser' | 'server'>('browser')
  const [origins, setOrigins] = useState<string[]>([])
  const make = useMutation(api.keys.make.mutationOptions({ onSuccess: () => queries.invalidateQueries(api.keys.pathFilter()) }))
  const wrong = fieldProblems(make.error)
  const wrongOrigin = Object.entries(wrong).find(([path]) => path.startsWith('origins'))?.[1]
  const submit = () => make.mutate({ name, kind, origins: kind === 'browser' ? origins : [] })
  if (make.data) {
    return (
      <div className="dialog-form">
        <CopyText label={`The key of ${name.trim()}`} text={make.data.key} />
        {kind === 'browser' ? (
          <SiteSnippet publicKey={make.data.key} />
        ) : (
          <Callout tone="warn" title="It is shown only now">
            Baton keeps a fingerprint of it and nothing else. If it gets lost, make a new one and revoke this.
          </Callout>
        )}
        <div className="dialog-foot">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    )
  }
  return (
    <DialogForm error={make.error} deed="Make the key" busy={make.isPending} onSubmit={submit} onClose={onClose}>
      <TextField
        label="Used in"
        data-autofocus
        placeholder="Web site"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong.name}
      />
      <div className="field">
        <span className="label">Kind</span>
        <div>
          <Segmented
            label="Kind"
            value={kind}
            onChange={setKind}
            options={[
              { value: 'browser', label: 'Browser' },
              { value: 'server', label: 'Server' },
            ]}
          />
        </div>
        <p className="hint">{help[kind]}</p>
      </div>
      {kind === 'browser' && (
        <TagsInput
          label="Only from these sites"
          placeholder={origins.length === 0 ? 'https://www.example.com, then Enter' : undefined}
          value={origins}
          onChange={setOrigins}
          error={wrongOrigin}
          acceptValueOnBlur
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          description="Empty: from any site."
        />
      )}
    </DialogForm>
  )
}
