import { Link } from '@tanstack/react-router'

/** The three pages of the score model. */
export const ScoringTabs = () => (
  <nav className="tabs scoring-tabs" aria-label="Scoring">
    <Link to="/scoring" activeOptions={{ exact: true }}>
      Model
    </Link>
    <Link to="/scoring/report">How well it ranks</Link>
    <Link to="/scoring/versions">Versions</Link>
  </nav>
)
