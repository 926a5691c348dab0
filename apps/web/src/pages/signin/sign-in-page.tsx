import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { auth } from '../../shell/auth.ts'
import { sessionQuery } from '../../shell/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { Door } from './door.tsx'
import { Forgot } from './forgot.tsx'

const route = getRouteApi('/sign-in')

/** What the auth routes answer, in words that say what to do. */
function wrong(status: number): string {
  if (status === 401) return 'E-mail and password do not belong together. Passwords mind capitals.'
  if (status === 403) return 'You cannot sign in any more. Ask an admin of your workspace.'
  if (status === 429) return 'Too many tries. Wait a minute, then try again.'
  return 'The server did not answer. Try again in a moment.'
}

export function SignInPage() {
  const { next } = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [forgot, setForgot] = useState(false)
  const email = useRef<HTMLInputElement>(null)
  const [written, setWritten] = useState('')
  useEffect(() => {
    document.title = 'Sign in · Baton'
  }, [])
  const signIn = useMutation({
    mutationFn: async (form: FormData) => {
      const { error } = await auth.signIn.email({ email: String(form.get('email')), password: String(form.get('password')) })
      if (error) throw new Error(wrong(error.status))
      queries.clear()
      await queries.fetchQuery(sessionQuery)
      await navigate({ href: next ?? '/', replace: true })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    signIn.mutate(new FormData(event.currentTarget))
  }
  if (forgot) return <Forgot email={written} onBack={() => setForgot(false)} />
  return (
    <Door title="Sign in">
      <form onSubmit={submit}>
        <TextField
          big
          ref={email}
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={written}
          required
          autoFocus
        />
        <TextField
          big
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={signIn.error?.message}
        />
        <Button type="submit" look="primary" size="big" busy={signIn.isPending}>
          Sign in
        </Button>
        <Button
          look="quiet"
          size="big"
          onClick={() => {
            setWritten(email.current?.value ?? '')
            setForgot(true)
          }}
        >
          Forgot the password?
        </Button>
      </form>
    </Door>
  )
}
