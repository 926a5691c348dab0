import { IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useUpload } from './use-upload.ts'

/** Takes a file, dropped or chosen, and sends it. */
export function DropZone({ onMade }: { onMade: (id: string) => void }) {
  const { upload, problem, send, cancel } = useUpload(onMade)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = (file: File | undefined) => {
    if (file) send(file)
  }
  if (upload) {
    return (
      <div className="drop busy">
        <ProgressBar
          label={`Uploading ${upload.name}`}
          done={Math.round(upload.sent / 1024)}
          total={Math.max(1, Math.round(upload.total / 1024))}
          unit="kB"
          onCancel={cancel}
        />
      </div>
    )
  }
  return (
    <>
      <section
        className={over ? 'drop over' : 'drop'}
        aria-label="Upload a file"
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files[0])
        }}
      >
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          className="unseen"
          tabIndex={-1}
          aria-label="File of people"
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <Button look="primary" icon={<IconUpload size={14} stroke={1.75} />} onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <div>
          <p>or drop it here</p>
          <p className="small muted">
            CSV of any size: commas, semicolons, tabs or bars, any usual encoding. Nothing is taken in before you have seen the columns.
          </p>
        </div>
      </section>
      {problem !== null && <Callout tone="danger" title={problem} />}
    </>
  )
}
