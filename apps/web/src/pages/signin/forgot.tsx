import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { client } from '../../shell/api.ts'
import { FormProblem } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { Door } from './door.tsx'

/** Asks for a link to choose a new password. What it answers is the same for every address. */
export function Forgot({ email, onBack }: { email: string; onBack: () => void }) {
  const ask = useMutation({ mutationFn: (address: string) => client.session.forgot.mutate({ email: address }) })
  const back = (
    <Button size="big" look={ask.isSuccess ? 'primary' : 'quiet'} onClick={onBack}>
      Back to signing in
    </Button>
  )
  if (ask.isSuccess) {
    return (
      <Door title="Look into your mail">
        <p className="muted" role="status">
          If there is an account with the address {ask.variables}, a link to choose a new password is on its way there. It works once,
          within 15 minutes.
        </p>
        <p className="muted">No mail after a few minutes? Ask an admin of your workspace for a link.</p>
        <div className="door-acts">{back}</div>
      </Door>
    )
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate(String(new FormData(event.currentTarget).get('email')))
  }
  return (
    <Door title="Forgot the password?">
      <p className="muted">You get a link by mail to choose a new one.</p>
      <form onSubmit={submit}>
        <TextField
          big
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={email}
          required
          autoFocus
          error={fieldProblems(ask.error).email}
        />
        <FormProblem error={ask.error} />
        <Button type="submit" look="primary" size="big" busy={ask.isPending}>
          Mail me a link
        </Button>
        {back}
      </form>
    </Door>
  )
}
