import { useMutation } from '@tanstack/react-query'
import { api, type Inputs } from '../../shell/api.ts'
import { usePerson } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { toast } from '../../ui/toast.ts'

/** Sends what is written now, saved or not, to whoever writes it. */
export function useTest(test: Inputs['templates']['test']) {
  const { email } = usePerson()
  const sending = useMutation(
    api.templates.test.mutationOptions({
      onSuccess: (done) => {
        if (done.result === 'failed') toast({ words: `The test was not sent. ${done.why}`, bad: true })
        else if (done.result === 'sent') toast({ words: `A test is on its way to ${email}.` })
        else toast({ words: 'No mail server is set, so the test is kept in the Outbox under Tests.' })
      },
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  return { busy: sending.isPending, send: () => sending.mutate(test) }
}
