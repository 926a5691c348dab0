import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { type Answers, client } from '../../shell/api.ts'
import { FormProblem } from '../../shell/dialog-form.tsx'
import { fieldProblems, statusOf } from '../../shell/problem.ts'
import { roleWords, sessionQuery } from '../../shell/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { Door } from '../signin/door.tsx'
import { DeadLink } from './dead-link.tsx'

type Page = Answers['session']['link']

const heads: Readonly<Record<Page['kind'], { title: string; deed: string }>> = {
  first: { title: 'Make the first account', deed: 'Make the account' },
  invitation: { title: 'You are invited', deed: 'Join' },
  reset: { title: 'Choose a new password', deed: 'Save and sign in' },
}

function lead(page: Page): string {
  switch (page.kind) {
    case 'first':
      return 'You become the admin of this workspace. Others come by your invitation.'
    case 'invitation':
      return `You join as ${roleWords[page.role].toLowerCase()}, with the address ${page.email}.`
    case 'reset':
      return `For ${page.name}, ${page.email}. Whoever is signed in with this account elsewhere is signed out.`
  }
}

/** What a link asks for. Sending it uses the link up, and signs in. */
export function LinkForm({ token, page }: { token: string; page: Page }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const redeem = useMutation({
    mutationFn: async (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? '')
      await client.session.redeem.mutate({
        token,
        password: text('password'),
        ...(page.kind === 'reset' ? {} : { name: text('name') }),
        ...(page.kind === 'first' ? { email: text('email') } : {}),
      })
      queries.clear()
      await queries.fetchQuery(sessionQuery)
      await navigate({ to: page.kind === 'first' ? '/welcome' : '/', replace: true })
    },
  })
  if (statusOf(redeem.error) === 404) return <DeadLink />
  const { title, deed } = heads[page.kind]
  const wrong = fieldProblems(redeem.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    redeem.mutate(new FormData(event.currentTarget))
  }
  return (
    <Door title={title}>
      <p className="muted">{lead(page)}</p>
      <form onSubmit={submit}>
        {page.kind !== 'reset' && (
          <TextField big label="Your name" name="name" autoComplete="name" required autoFocus maxLength={100} error={wrong.name} />
        )}
        {page.kind === 'first' ? (
          <TextField big label="E-mail" name="email" type="email" autoComplete="username" required error={wrong.email} />
        ) : (
          // A password manager keeps the new password under this name.
          <input hidden readOnly name="username" autoComplete="username" value={page.email} />
        )}
        <TextField
          big
          label={page.kind === 'reset' ? 'New password' : 'Password'}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={128}
          autoFocus={page.kind === 'reset'}
          hint="At least 10 characters. A few words in a row are good."
          error={wrong.password}
        />
        <FormProblem error={redeem.error} />
        <Button type="submit" look="primary" size="big" busy={redeem.isPending}>
          {deed}
        </Button>
      </form>
    </Door>
  )
}
