import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Textarea } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'

const people = (n: number) => (n === 1 ? '1 person' : `${fullNumber(n)} people`)

/** Puts people on a list by their addresses, and says whom nobody knows. */
export function AddToList({ listId }: { listId: string }) {
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const add = useMutation(
    api.lists.add.mutationOptions({
      onSuccess: async () => {
        setText('')
        await queries.invalidateQueries({ queryKey: api.contacts.pathKey() })
      },
    }),
  )
  const done = add.data
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate({ id: listId, text })
      }}
    >
      {add.error && <Callout tone="danger" title={problemWords(add.error)} />}
      {done && (
        <Callout
          tone={done.unknown > 0 ? 'warn' : 'ok'}
          title={done.added === 0 ? 'Nobody was put on the list.' : `${people(done.added)} put on the list.`}
        >
          {done.unknown > 0 && (
            <>
              Nobody here has {done.unknown === 1 ? 'this address' : `${fullNumber(done.unknown)} of these addresses`}:{' '}
              {done.examples.join(', ')}
              {done.unknown > done.examples.length ? ' …' : ''}. Import them first, then add them again.
            </>
          )}
        </Callout>
      )}
      <Textarea
        label="Add people"
        description="Their e-mail addresses, one a line, or a column of a file."
        placeholder={'ada@example.com\nbo@example.com'}
        autosize
        minRows={3}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" busy={add.isPending} disabled={text.trim() === ''}>
          Put on the list
        </Button>
      </div>
    </form>
  )
}
