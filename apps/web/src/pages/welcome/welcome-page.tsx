import './welcome.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { api } from '../../shell/api.ts'
import { Logo } from '../../shell/logo.tsx'
import { problemWords } from '../../shell/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { NewFlow } from '../home/new-flow.tsx'
import { SampleProgress } from './sample-progress.tsx'

/** Start empty, or load the sample programme and watch it being made. */
export function WelcomePage() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  useEffect(() => {
    document.title = 'Welcome · Baton'
  }, [])
  const status = useQuery(
    api.sample.status.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false) }),
  )
  const start = useMutation(api.sample.start.mutationOptions({ onSettled: () => queries.invalidateQueries(api.sample.pathFilter()) }))
  const sample = status.data
  const done = sample?.state === 'done'
  const watched = useRef(false)
  useEffect(() => {
    if (sample?.state === 'running') watched.current = true
    if (!done) return
    // Whoever saw it being made is taken to it.
    void queries.invalidateQueries().then(() => (watched.current ? navigate({ to: '/' }) : undefined))
  }, [sample?.state, done, queries, navigate])
  return (
    <main className="welcome">
      <div className="welcome-in">
        <div className="brand">
          <Logo />
          Baton
        </div>
        <h1>How do you want to begin?</h1>
        <p className="muted">Baton carries people through your flows, and hands them to sales when they are ready.</p>
        {sample?.state === 'failed' && (
          <Callout tone="danger" title="The sample programme was not loaded whole">
            {sample.error ?? 'The reason stands in the log of the server.'} What was made until then is there.
          </Callout>
        )}
        {start.error && <Callout tone="danger" title={problemWords(start.error)} />}
        <div className="welcome-ways">
          <section className="welcome-way">
            <h2>Start empty</h2>
            <p>Bring in your own people, write your first mail, draw your first flow. Home shows the next step.</p>
            {sample?.state !== 'running' && !done && (
              <div className="row">
                <NewFlow size="big" words="Draw the first flow" />
                <ButtonLink to="/" size="big">
                  Start empty
                </ButtonLink>
              </div>
            )}
          </section>
          <section className="welcome-way">
            <h2>Look around with the sample programme</h2>
            {sample?.state === 'running' ? (
              <SampleProgress sample={sample} />
            ) : done ? (
              <>
                <p>It is there: people with a history, flows at work, leads on the desk.</p>
                <Button look="primary" size="big" onClick={() => void navigate({ to: '/' })}>
                  Go to Home
                </Button>
              </>
            ) : (
              <>
                <p>
                  Made-up people with a history, flows at work, and leads on the desk. The product itself makes it, as it would with yours.
                  No mail leaves this machine for it: the addresses end in .example. Only an empty workspace can take it.
                </p>
                {sample && !sample.loadable && (
                  <p className="small">This workspace holds people or flows already, so that it cannot be loaded any more.</p>
                )}
                <Button size="big" disabled={sample?.loadable !== true} busy={start.isPending} onClick={() => start.mutate()}>
                  Load the sample programme
                </Button>
              </>
            )}
          </section>
        </div>
      </div>
    </main>
  )
}
