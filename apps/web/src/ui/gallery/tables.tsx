import { IconArchive, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { Button, IconButton } from '../button.tsx'
import { StateDot } from '../marks.tsx'
import { NumberText } from '../number-text.tsx'
import { Sparkline } from '../sparkline.tsx'
import { BulkBar, type Column, LongTable, type Sort, Table } from '../table.tsx'
import { Part } from './section.tsx'

type Flow = { id: string; name: string; second?: string; live: boolean; inside: number | null; entered: number[] }
const flows: Flow[] = [
  {
    id: '1',
    name: 'Webinar nurture: month-end close',
    second: 'Draft 8 in review, 1 comment open',
    live: true,
    inside: 312,
    entered: [3, 4, 5, 6, 7, 8, 12, 11, 9, 6, 6, 7, 6, 6],
  },
  {
    id: '2',
    name: 'Long-term nurture',
    second: 'Three offers by stage and role',
    live: true,
    inside: 9417,
    entered: [9, 8, 12, 11, 5, 5, 9, 8, 8, 10, 7, 11, 5, 3],
  },
  { id: '3', name: 'Guide: a two-day close', live: false, inside: null, entered: [] },
]
const flowColumns: Column<Flow>[] = [
  {
    id: 'name',
    head: 'Name',
    sorts: 'up',
    cell: (flow) => (
      <>
        <p className="name clip">{flow.name}</p>
        {flow.second !== undefined && <p className="second clip">{flow.second}</p>}
      </>
    ),
  },
  { id: 'state', head: 'State', cell: (flow) => <StateDot tone={flow.live ? 'ok' : 'faint'}>{flow.live ? 'Live' : 'Draft'}</StateDot> },
  { id: 'inside', head: 'Inside now', num: true, sorts: 'down', cell: (flow) => <NumberText value={flow.inside} /> },
  {
    id: 'entered',
    head: 'Entered, 14 days',
    cell: (flow) => (flow.entered.length > 0 ? <Sparkline label="Entered" values={flow.entered} /> : null),
  },
]

type Line = { id: string; at: number }
const page = (from: number): Line[] => Array.from({ length: 200 }, (_, at) => ({ id: `c${from + at}`, at: from + at }))
const lineColumns: Column<Line>[] = [
  { id: 'name', head: 'Name', cell: (line) => <span className="name">Contact {line.at}</span>, sorts: 'up' },
  { id: 'mail', head: 'E-mail', cell: (line) => `contact.${line.at}@kystfrakt.example` },
  { id: 'fit', head: 'Fit', num: true, cell: (line) => (line.at * 37) % 101, sorts: 'down' },
]

/** The two tables: short with actions, long with picking and more on the way. */
export function Tables() {
  const [sort, setSort] = useState<Sort>({ by: 'inside', down: true })
  const [rows, setRows] = useState(() => page(0))
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(['c1', 'c2']))
  const [opened, setOpened] = useState('')
  return (
    <>
      <Part title="Table" whole>
        <Table
          label="Flows"
          rows={flows}
          columns={flowColumns}
          rowKey={(flow) => flow.id}
          tall
          sort={sort}
          onSort={setSort}
          onOpen={(flow) => setOpened(flow.name)}
          actions={() => (
            <>
              <IconButton size="small" label="Duplicate" icon={<IconCopy size={14} />} />
              <IconButton size="small" label="Archive" icon={<IconArchive size={14} />} />
            </>
          )}
        />
        <p className="small muted" id="opened">
          {opened === '' ? 'Nothing opened' : `Opened ${opened}`}
        </p>
      </Part>
      <Part title="Long table" whole>
        {picked.size > 0 && (
          <BulkBar count={picked.size} onClear={() => setPicked(new Set())}>
            <Button size="small">Put into a flow…</Button>
            <Button size="small" look="danger-quiet">
              Remove…
            </Button>
          </BulkBar>
        )}
        <div id="long" style={{ display: 'flex', flexDirection: 'column', height: 320 }}>
          <LongTable
            label="Contacts"
            rows={rows}
            columns={lineColumns}
            rowKey={(line) => line.id}
            picked={picked}
            onPick={setPicked}
            onOpen={(line) => setOpened(line.id)}
            more={rows.length < 2_000 ? { loading: false, load: () => setRows((now) => [...now, ...page(now.length)]) } : undefined}
          />
        </div>
      </Part>
    </>
  )
}
