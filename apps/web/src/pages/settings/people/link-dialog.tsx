import { useRef } from 'react'
import type { Answers } from '../../../shell/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { CopyText } from '../../../ui/copy-text.tsx'
import { DateText } from '../../../ui/date-text.tsx'
import { Dialog } from '../../../ui/dialog.tsx'

type Mailed = Answers['users']['invite']['mailed']

export type ShownLink = { title: string; email: string; url: string; expiresAt: number; mailed?: Mailed | undefined }

/** A link that lets somebody in: shown once, passed on by whoever made it. */
export function LinkDialog({ link, onClose }: { link: ShownLink | null; onClose: () => void }) {
  // While the dialog fades out the link must still be there.
  const last = useRef<ShownLink | null>(null)
  if (link) last.current = link
  const shown = link ?? last.current
  return (
    <Dialog
      title={shown?.title}
      open={link !== null}
      onClose={onClose}
      width={520}
      foot={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {shown && (
        <div className="dialog-form">
          {shown.mailed?.result === 'sent' && <Callout tone="ok" title={`It was mailed to ${shown.email}.`} />}
          {shown.mailed?.result === 'failed' && (
            <Callout tone="warn" title="It could not be mailed">
              {shown.mailed.why}
            </Callout>
          )}
          <p className="dialog-text">
            {shown.mailed?.result === 'sent' ? 'You can pass it on yourself too. ' : `Send this link to ${shown.email} by a safe way. `}
            Whoever opens it can sign in. It works once, until <DateText at={shown.expiresAt} style="full" />, and is shown only now.
          </p>
          <CopyText label="Link" text={shown.url} />
        </div>
      )}
    </Dialog>
  )
}
