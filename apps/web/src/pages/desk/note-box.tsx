import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Textarea } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { useRefreshDesk } from './queries.ts'

/** A note for the rep and for marketing, at the foot of the story. Enter adds it, Shift Enter begins a line. */
export function NoteBox({ leadId }: { leadId: number }) {
  const [note, setNote] = useState('')
  const refresh = useRefreshDesk()
  const add = useMutation(
    api.desk.note.mutationOptions({
      onSuccess: () => {
        setNote('')
        return refresh()
      },
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  const submit = () => note.trim() !== '' && !add.isPending && add.mutate({ id: leadId, note })
  return (
    <form
      className="note-box"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Textarea
        aria-label="Note for you and for marketing"
        placeholder="Note for you and for marketing"
        autosize
        minRows={1}
        maxRows={6}
        variant="unstyled"
        className="grow"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          submit()
        }}
      />
      <Button type="submit" size="small" busy={add.isPending} disabled={note.trim() === ''}>
        Add
      </Button>
    </form>
  )
}
