import './flows.css'
import { DateText } from '../../ui/date-text.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import type { Column, Sort } from '../../ui/table.tsx'
import { type FlowLine, STATES, secondLine } from './states.ts'
import { Thumbnail } from './thumbnail.tsx'

const dash = <span className="faint">–</span>

/** The columns of a list of flows, here and on Home. */
export const columns: readonly Column<FlowLine>[] = [
  { id: 'thumb', head: <span className="unseen">Picture</span>, cell: (it) => <Thumbnail sketch={it.sketch} />, width: 66 },
  { id: 'name', head: 'Name', sorts: 'up', cell: (it) => <Name flow={it} /> },
  { id: 'state', head: 'State', cell: (it) => <StateDot tone={STATES[it.status].tone}>{STATES[it.status].words}</StateDot>, width: 110 },
  {
    id: 'inside',
    head: 'Inside now',
    num: true,
    sorts: 'down',
    cell: (it) => (it.inside === null ? dash : fullNumber(it.inside)),
    width: 100,
  },
  {
    id: 'entered',
    head: 'Entered, 14 days',
    cell: (it) => (it.entered === null ? dash : <Sparkline label="Entered, 14 days" values={it.entered} />),
    width: 110,
  },
  {
    id: 'over',
    head: 'Handed over',
    num: true,
    sorts: 'down',
    cell: (it) => (it.handedOver === null ? dash : fullNumber(it.handedOver)),
    width: 100,
  },
  {
    id: 'changed',
    head: 'Changed',
    sorts: 'down',
    width: 190,
    cell: (it) => (
      <span className="small muted">
        {it.updatedBy === null ? '' : `${it.updatedBy.split(' ')[0]}, `}
        <DateText at={it.updatedAt} />
      </span>
    ),
  },
]

function Name({ flow }: { flow: FlowLine }) {
  const second = secondLine(flow)
  return (
    <>
      <div className="name clip">{flow.name}</div>
      {second && <div className={`second clip ${second.tone === 'plain' ? '' : second.tone}`}>{second.words}</div>}
    </>
  )
}

const keys: Readonly<Record<string, (it: FlowLine) => number | string>> = {
  name: (it) => it.name.toLowerCase(),
  inside: (it) => it.inside ?? -1,
  over: (it) => it.handedOver ?? -1,
  changed: (it) => it.updatedAt,
}

/** The flows in the order of a column. */
export function sorted(flows: readonly FlowLine[], { by, down }: Sort): readonly FlowLine[] {
  const key = keys[by]
  if (!key) return flows
  const way = down ? -1 : 1
  return [...flows].sort((a, b) => {
    const [x, y] = [key(a), key(b)]
    return x === y ? 0 : (x < y ? -1 : 1) * way
  })
}
