import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { BulkBar, type Column, LongTable } from '../../ui/table.tsx'
import { GiveUpDialog } from './give-up-dialog.tsx'
import { meantGroup, meantRows, useDeeds } from './use-deeds.ts'
import { aboutWords, countWords, type Group, kindWords, type Trouble } from './words.ts'

const dash = <span className="faint">–</span>
const keyOf = ({ kind, id }: Trouble) => `${kind} ${id}`

const columns: readonly Column<Trouble>[] = [
  {
    id: 'state',
    head: 'What',
    width: 138,
    cell: ({ kind }) => <StateDot tone={kindWords[kind].tone}>{kindWords[kind].state}</StateDot>,
  },
  {
    id: 'person',
    head: 'Person',
    width: 190,
    cell: ({ contactId, contactKey, name }) =>
      contactKey === null ? (
        <span className="muted">Deleted person</span>
      ) : (
        <Link to="/contacts/$contactId" params={{ contactId: String(contactId) }} className="clip">
          {name === '' ? contactKey : name}
        </Link>
      ),
  },
  {
    id: 'error',
    head: 'Error',
    cell: (row) => (
      <div className="trouble-about">
        <p className="clip" title={row.error}>
          {row.error === '' ? 'Without a reason' : row.error}
        </p>
        <p className="second clip" title={row.about ?? undefined}>
          {aboutWords(row) ?? dash}
          {row.attempts !== null && row.attempts > 1 && `, ${fullNumber(row.attempts)} tries`}
        </p>
      </div>
    ),
  },
  { id: 'flow', head: 'Flow', width: 150, cell: ({ flowName }) => <span className="clip">{flowName ?? dash}</span> },
  { id: 'when', head: 'Since', width: 120, cell: ({ at }) => <DateText at={at} /> },
]

type Props = {
  rows: readonly Trouble[]
  /** The one error that the list is narrowed to. */
  group: Group | undefined
  may: boolean
  more: { load: () => void; loading: boolean } | undefined
}

/** One row each, and what can be done about it: one, the picked ones, or all of an error. */
export function TroubleList({ rows, group, may, more }: Props) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const deeds = useDeeds(() => setPicked(new Set()))
  const chosen = rows.filter((row) => picked.has(keyOf(row)))
  const unknownOnly = chosen.every((row) => row.kind === 'unknown')
  return (
    <div className="trouble-list">
      {group && <GroupHead group={group} may={may} deeds={deeds} />}
      {may && chosen.length > 0 && (
        <BulkBar count={fullNumber(chosen.length)} onClear={() => setPicked(new Set())}>
          {unknownOnly && (
            <Button size="small" busy={deeds.busy} onClick={() => deeds.arrived(meantRows(chosen))}>
              They arrived…
            </Button>
          )}
          <Button size="small" busy={deeds.busy} onClick={() => deeds.retry(meantRows(chosen))}>
            {unknownOnly ? 'Send again…' : 'Try again'}
          </Button>
          <Button size="small" look="danger-quiet" onClick={() => deeds.giveUp(meantRows(chosen))}>
            Give up…
          </Button>
        </BulkBar>
      )}
      <LongTable
        label="Trouble"
        tall
        rows={rows}
        rowKey={keyOf}
        columns={columns}
        {...(may ? { picked, onPick: setPicked } : {})}
        actions={
          may
            ? (row) => (
                <>
                  {row.kind === 'unknown' && (
                    <Button size="small" look="quiet" onClick={() => deeds.arrived(meantRows([row]))}>
                      It arrived…
                    </Button>
                  )}
                  <Button size="small" look="quiet" onClick={() => deeds.retry(meantRows([row]))}>
                    {row.kind === 'unknown' ? 'Send again…' : 'Try again'}
                  </Button>
                  <Button size="small" look="danger-quiet" onClick={() => deeds.giveUp(meantRows([row]))}>
                    Give up…
                  </Button>
                </>
              )
            : undefined
        }
        more={more}
      />
      {deeds.givingUp !== null && (
        <GiveUpDialog meant={deeds.givingUp} busy={deeds.busy} onGiveUp={deeds.giveUpFor} onClose={() => deeds.giveUp(null)} />
      )}
    </div>
  )
}

/** The whole of one error, and what can be done about all of it. */
function GroupHead({ group, may, deeds }: { group: Group; may: boolean; deeds: ReturnType<typeof useDeeds> }) {
  const meant = meantGroup(group)
  return (
    <section className="trouble-head" aria-label="All of this error">
      <div>
        <h2>{group.same === '' ? 'Without a reason' : group.same}</h2>
        <p className="small muted">
          {countWords(group.kind, group.n)}
          {group.flowName !== null && ` in ${group.flowName}`}, the first <DateText at={group.since} />, the last{' '}
          <DateText at={group.last} />
        </p>
      </div>
      {may && (
        <div className="row">
          {group.kind === 'unknown' && (
            <Button busy={deeds.busy} onClick={() => deeds.arrived(meant)}>
              All arrived…
            </Button>
          )}
          <Button look="primary" busy={deeds.busy} onClick={() => deeds.retry(meant)}>
            {group.kind === 'unknown' ? 'Send all again…' : 'Try all again'}
          </Button>
          <Button look="danger-quiet" onClick={() => deeds.giveUp(meant)}>
            Give all up…
          </Button>
        </div>
      )}
    </section>
  )
}
