import './home.css'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { openPalette } from '../../shell/palette-store.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { useNow } from '../../ui/date-text.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Checklist } from './checklist.tsx'
import { HomeFlows } from './home-flows.tsx'
import { NeedsYou } from './needs-you.tsx'
import { NewFlow } from './new-flow.tsx'
import { OpenLeads } from './open-leads.tsx'
import { Running } from './running.tsx'
import { Strip } from './strip.tsx'

const today = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

/** The flows, what needs somebody, who has how many leads, and how the machine does. */
export function HomePage() {
  const now = useNow()
  const look = useQuery(api.home.look.queryOptions(undefined, { refetchInterval: 30_000 }))
  return (
    <div className="page">
      <TopBar crumbs={['Home']} beside={<span className="small faint">{today.format(now)}</span>}>
        <button type="button" className="find home-find" onClick={openPalette}>
          <IconSearch size={14} stroke={1.75} aria-hidden="true" />
          <span className="grow">Find a flow or a contact</span>
          <Kbd keys="Ctrl K" />
        </button>
        <NewFlow />
      </TopBar>
      <div className="work">
        <div className="page-body home-main">
          {look.data && <Checklist begun={look.data.begun} missing={look.data.missing} />}
          {look.data?.begun.live && <Strip month={look.data.month} />}
          <HomeFlows />
        </div>
        <Panel label="For you" width={308}>
          {look.data ? (
            <>
              <NeedsYou needs={look.data.needs} missing={look.data.missing} agreements={look.data.agreements} />
              <OpenLeads reps={look.data.reps} />
            </>
          ) : (
            look.error && <FailedFrame what="What needs you" error={look.error} onRetry={() => void look.refetch()} />
          )}
          <Running parked={look.data?.needs.parked} />
        </Panel>
      </div>
    </div>
  )
}
