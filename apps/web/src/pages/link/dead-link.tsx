import { ButtonLink } from '../../ui/button.tsx'
import { Door } from '../signin/door.tsx'

/** A link that is used, too old or not whole: what to do depends on who holds it. */
export function DeadLink() {
  return (
    <Door title="This link does not work">
      <p className="muted">It was used already, is too old, or was not copied whole.</p>
      <dl className="door-ways">
        <dt>You have a password</dt>
        <dd>Sign in with it. A link is used up by the first sign-in.</dd>
        <dt>You forgot the password</dt>
        <dd>Have a link mailed to you on the page where you sign in, or ask an admin for one.</dd>
        <dt>You were invited</dt>
        <dd>Ask an admin of your workspace for a new link.</dd>
        <dt>You are the admin</dt>
        <dd>
          On the server, run <code>npm run baton -- user link EMAIL</code> with your address. With the embedded database, stop Baton first.
        </dd>
        <dt>Nobody has an account yet</dt>
        <dd>Start Baton again: it prints a new link each time until there is an account.</dd>
      </dl>
      <div className="door-acts">
        <ButtonLink to="/sign-in" look="primary" size="big">
          Sign in
        </ButtonLink>
      </div>
    </Door>
  )
}
