import '../../ui/segmented.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../../shell/api.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Select } from '../../ui/fields.tsx'
import type { BoardSearch } from './routes.tsx'

/** The bar of the board's pages: which page, which team, and what else the page offers. */
export function BoardBar({ page, search, children }: { page: '/board' | '/board/week'; search: BoardSearch; children?: ReactNode }) {
  const navigate = useNavigate()
  const teams = useQuery(api.workspace.teams.queryOptions()).data ?? []
  const team = search.team === undefined ? {} : { team: search.team }
  return (
    <TopBar
      crumbs={['Board']}
      middle={
        <nav className="seg" aria-label="Board">
          <Link to="/board" search={team} activeOptions={{ exact: true, includeSearch: false }} className="seg-link">
            Now
          </Link>
          <Link to="/board/week" search={team} activeOptions={{ includeSearch: false }} className="seg-link">
            Weekly report
          </Link>
        </nav>
      }
    >
      {children}
      <Select
        aria-label="Team"
        className="board-team"
        data={[{ value: '', label: 'All teams' }, ...teams.map((it) => ({ value: it.id, label: it.name }))]}
        value={search.team ?? ''}
        allowDeselect={false}
        onChange={(value) => void navigate({ to: page, search: { ...search, team: value === '' || value === null ? undefined : value } })}
      />
    </TopBar>
  )
}
