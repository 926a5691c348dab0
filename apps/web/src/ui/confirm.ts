import { create } from 'zustand'

/** A question before a deed. `deed` names it on the button: "Publish 8". `text` says the consequences in numbers. */
export type Question = {
  title: string
  text?: string | undefined
  deed: string
  /** The deed takes something away: its button is red. */
  danger?: boolean | undefined
}

type Asked = Question & { answer: (yes: boolean) => void }

/** The question that is open now, if any. */
export const useQuestion = create<{ asked: Asked | null }>(() => ({ asked: null }))

/** Asks and waits: `if (await confirm({ title: 'Remove the segment Warm?', deed: 'Remove' })) …`. A second question answers the first with no. */
export function confirm(question: Question): Promise<boolean> {
  useQuestion.getState().asked?.answer(false)
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      useQuestion.setState({ asked: null })
      resolve(yes)
    }
    useQuestion.setState({ asked: { ...question, answer } })
  })
}
