import './scoring.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { pointsWords } from './preview.tsx'
import { ScoringTabs } from './scoring-tabs.tsx'

/** Every version that was published, the newest first: what it was about and what it says. None ever changes. */
export function VersionsPage() {
  const { data } = useSuspenseQuery(api.scores.versions.queryOptions())
  return (
    <div className="page">
      <TopBar crumbs={['Scoring']} middle={<ScoringTabs />} />
      <div className="page-body score-main">
        {data.length === 0 && (
          <EmptyState title="No version yet">A version is made when a draft is published. It never changes afterwards.</EmptyState>
        )}
        {data.map(({ version, note, at, byName, rules, dimensions }) => (
          <section key={version} className="score-part" aria-label={`Version ${version}`}>
            <header>
              <h2>Version {version}</h2>
              <span className="small muted">
                <DateText at={at} />
                {byName && `, ${byName}`}
              </span>
            </header>
            {note !== '' && <p className="prose">{note}</p>}
            {dimensions.map(({ id, name }) => (
              <div key={id} className="score-lines">
                <h3 className="small muted">{name}</h3>
                {rules
                  .filter((it) => it.dimension === id)
                  .map((it) => (
                    <div key={it.id}>
                      <b>{pointsWords(it.points, true)}</b>
                      <span className="grow">{it.words}</span>
                      {it.isNew && version > 1 && <span className="chip">new</span>}
                    </div>
                  ))}
              </div>
            ))}
          </section>
        ))}
      </div>
    </div>
  )
}
