import { TopBar } from '../../shell/top-bar.tsx'
import { DateText, useNow } from '../../ui/date-text.tsx'

export function HomePage() {
  return (
    <div className="page">
      <TopBar
        crumbs={['Home']}
        beside={
          <span className="small faint">
            <DateText at={useNow()} style="full" />
          </span>
        }
      />
    </div>
  )
}
