import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api, type Inputs } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { confirm } from '../../ui/confirm.ts'
import { toast } from '../../ui/toast.ts'

export type Message = Answers['templates']['get']
export type Text = Inputs['templates']['save']['text']
export type Problem = Answers['templates']['preview']['problems'][number]

const textOf = ({ subject, preheader, body, text, purpose }: Message): Text => ({ subject, preheader, body, text, purpose })
const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b)

export type Draft = ReturnType<typeof useDraft>

/** What the author has written and not saved yet, and how it is saved. */
export function useDraft(message: Message) {
  const queries = useQueryClient()
  const [saved, setSaved] = useState({ name: message.name, text: textOf(message), version: message.version })
  const [name, setName] = useState(message.name)
  const [text, setText] = useState(() => textOf(message))
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const dirty = name !== saved.name || !same(text, saved.text)
  const saving = useMutation(api.templates.save.mutationOptions())

  const save = () => {
    if (!dirty || saving.isPending) return
    const sent = { name, text }
    saving.mutate(
      { id: message.id, ...sent, from: saved.version },
      {
        onSuccess: (done) => {
          if (!done.saved) {
            setProblems(done.problems)
            toast({
              words: done.problems.length === 1 ? 'Not saved: correct the mistake below.' : 'Not saved: correct the mistakes below.',
              bad: true,
            })
            return
          }
          setProblems([])
          setSaved({ ...sent, version: done.version })
          toast({ words: `Saved as version ${done.version}.` })
          void queries.invalidateQueries(api.templates.list.pathFilter())
        },
        onError: (error) => toast({ words: problemWords(error), bad: true }),
      },
    )
  }

  useBlocker({
    shouldBlockFn: async () => {
      if (!dirty) return false
      const leave = await confirm({ title: 'Leave without saving?', text: 'What you changed here is lost.', deed: 'Leave', danger: true })
      return !leave
    },
    enableBeforeUnload: () => dirty,
  })

  return {
    name,
    setName,
    text,
    change: (part: Partial<Text>) => setText((now) => ({ ...now, ...part })),
    dirty,
    version: saved.version,
    saving: saving.isPending,
    save,
    /** What kept the last try to save from being stored. */
    problems,
  }
}
