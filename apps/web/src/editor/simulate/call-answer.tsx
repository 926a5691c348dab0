import type { Happening } from '@baton/engine'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { NumberInput, Textarea } from '../../ui/fields.tsx'

/** What a web address answers to the call that waits. */
export function CallAnswer({ node, onAnswer }: { node: string; onAnswer: (what: Happening) => void }) {
  const [status, setStatus] = useState(200)
  const [text, setText] = useState('{}')
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const answer = () => {
    let data: unknown
    try {
      data = JSON.parse(text.trim() === '' ? 'null' : text)
    } catch {
      setWrong('This is not JSON. Write it as {"name": "value"}.')
      return
    }
    setWrong(undefined)
    onAnswer({ do: 'webhook', flowId: null, node, status, data, why: null })
  }
  return (
    <div className="stack">
      <div className="row">
        <NumberInput
          size="xs"
          label="Status"
          min={100}
          max={599}
          hideControls
          value={status}
          onChange={(it) => setStatus(Number(it) || 200)}
        />
      </div>
      <Textarea
        size="xs"
        label="Answer"
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        error={wrong}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="row wrap">
        <Button size="small" onClick={answer}>
          Answers so
        </Button>
        <Button size="small" onClick={() => onAnswer({ do: 'webhook', flowId: null, node, status: null, data: null, why: 'no answer' })}>
          Does not answer
        </Button>
      </div>
    </div>
  )
}
