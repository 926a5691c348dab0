import './shell.css'
import { Link } from '@tanstack/react-router'

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <section className="middle">
      <h1>There is nothing at this address</h1>
      <p>The page was moved or removed, or the address is not whole.</p>
      <Link to="/" className="btn">
        Go to the first page
      </Link>
    </section>
  )
}
