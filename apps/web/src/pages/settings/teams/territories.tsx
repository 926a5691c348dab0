import { IconArrowDown, IconArrowUp, IconGripVertical, IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Avatar } from '../../../ui/marks.tsx'
import { Meter } from '../../../ui/meter.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { toast } from '../../../ui/toast.ts'
import { SentenceText } from '../../contacts/sentence.tsx'
import { CoverageNotes } from './coverage.tsx'
import type { TeamWhole, Territory } from './team.ts'
import { TerritoryDialog } from './territory-dialog.tsx'
import { useCoverage } from './use-coverage.ts'

const icon = { size: 14, stroke: 1.75 }

/** Who covers what: the territories of a team in the order in which they are tried, with who would come to each. */
export function Territories({ team, readOnly }: { team: TeamWhole; readOnly: boolean }) {
  const queries = useQueryClient()
  const [edited, setEdited] = useState<Territory | 'new' | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const { coverage, share } = useCoverage(team.id, team.territories)
  const shared = {
    onError: (error: unknown) => toast({ words: problemWords(error), bad: true }),
    onSettled: () => queries.invalidateQueries(api.teams.pathFilter()),
  }
  const order = useMutation(api.teams.orderTerritories.mutationOptions(shared))
  const remove = useMutation(api.teams.removeTerritory.mutationOptions(shared))
  const { territories } = team
  const move = (from: number, to: number) => {
    const ids = territories.map((it) => it.id)
    const [taken] = ids.splice(from, 1)
    if (taken === undefined || from === to) return
    ids.splice(to, 0, taken)
    const before = territories.map((it) => it.id)
    const undo = () => order.mutate({ teamId: team.id, ids: before })
    order.mutate({ teamId: team.id, ids }, { onSuccess: () => toast({ words: 'The order is changed.', undo }) })
  }
  const ask = async ({ id, name }: Territory) => {
    const text = 'Its leads go to the next territory that fits, or to whoever’s turn it is. Leads that somebody has stay where they are.'
    if (await confirm({ title: `Remove the territory ${name}?`, text, deed: 'Remove', danger: true })) {
      remove.mutate({ teamId: team.id, id }, { onSuccess: () => toast({ words: `The territory ${name} is removed.` }) })
    }
  }
  const add = readOnly ? undefined : (
    <Button icon={<IconPlus {...icon} />} onClick={() => setEdited('new')}>
      New territory…
    </Button>
  )
  const most = Math.max(1, ...Object.values(coverage?.territories ?? {}).map((it) => it.people))
  const dialog = <TerritoryDialog team={team} territory={edited} onClose={() => setEdited(null)} />
  if (territories.length === 0) {
    return (
      <>
        <EmptyState title="No territory: every lead goes to whoever’s turn it is." actions={add}>
          A territory gives leads that fit, by country or industry for example, to some of the members, who take turns among themselves.
        </EmptyState>
        {dialog}
      </>
    )
  }
  return (
    <div className="stack">
      <div className="row">
        <p className="muted prose grow">
          The first that fits gets the lead; its reps take turns. Where none of them can, the whole team does.
        </p>
        {add}
      </div>
      <ol className="territories">
        {territories.map((territory, at) => {
          const found = coverage?.territories[territory.id]
          return (
            <li
              key={territory.id}
              className={over === at && dragged !== null ? 'territory over' : 'territory'}
              draggable={!readOnly}
              onDragStart={(event: DragEvent) => {
                event.dataTransfer.effectAllowed = 'move'
                setDragged(at)
              }}
              onDragEnd={() => {
                setDragged(null)
                setOver(null)
              }}
              onDragOver={(event: DragEvent) => {
                if (dragged === null) return
                event.preventDefault()
                setOver(at)
              }}
              onDrop={(event: DragEvent) => {
                event.preventDefault()
                if (dragged !== null) move(dragged, at)
              }}
            >
              <span className="grip" aria-hidden="true">
                {!readOnly && <IconGripVertical size={16} stroke={1.75} />}
              </span>
              <span className="nth num">{at + 1}</span>
              <div className="what">
                <strong>{territory.name}</strong>
                <p className="muted">
                  <SentenceText sentence={territory.sentence} />
                </p>
                {territory.issue !== null && <p className="small danger">{territory.issue} Nobody comes here until that is mended.</p>}
                <Reps team={team} territory={territory} />
                {found && (
                  <div className="who small">
                    <Meter label={`People of ${territory.name}`} value={found.people} max={most} />
                    <span className="num">
                      {share < 1 ? 'about ' : ''}
                      {peopleWords(Math.round(found.people / share))}
                    </span>
                    <span className="muted num">{fullNumber(Math.round(found.open / share))} with an open lead</span>
                    {found.fits > found.people && (
                      <span className="warn num">
                        {fullNumber(Math.round((found.fits - found.people) / share))} more fit, but an earlier one takes them
                      </span>
                    )}
                  </div>
                )}
              </div>
              {!readOnly && (
                <span className="deeds">
                  <IconButton
                    size="small"
                    label={`${territory.name}: one up`}
                    icon={<IconArrowUp {...icon} />}
                    disabled={at === 0 || order.isPending}
                    onClick={() => move(at, at - 1)}
                  />
                  <IconButton
                    size="small"
                    label={`${territory.name}: one down`}
                    icon={<IconArrowDown {...icon} />}
                    disabled={at === territories.length - 1 || order.isPending}
                    onClick={() => move(at, at + 1)}
                  />
                  <Button size="small" look="quiet" onClick={() => setEdited(territory)}>
                    Change…
                  </Button>
                  <Button size="small" look="danger-quiet" onClick={() => void ask(territory)}>
                    Remove…
                  </Button>
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {coverage && <CoverageNotes coverage={coverage} share={share} territories={territories} />}
      {dialog}
    </div>
  )
}

const peopleWords = (n: number): string => (n === 1 ? '1 person' : `${fullNumber(n)} people`)

/** Who takes the leads of a territory; what is wrong with them. */
function Reps({ team, territory: { repIds } }: { team: TeamWhole; territory: Territory }) {
  if (repIds.length === 0) return <p className="small warn">No rep: its leads go to whoever’s turn it is in the whole team.</p>
  const members = repIds.flatMap((id) => team.members.find((it) => it.userId === id) ?? [])
  const others = repIds.length - members.length
  return (
    <p className="who">
      {members.map((it) => (
        <span key={it.userId} className="row" style={{ gap: 4 }}>
          <Avatar name={it.name} size="s" quiet />
          <span className={it.active && it.userActive ? undefined : 'faint'}>
            {it.name}
            {!(it.active && it.userActive) && ' (takes no leads)'}
          </span>
        </span>
      ))}
      {others > 0 && (
        <span className="small warn">{others === 1 ? '1 rep is' : `${others} reps are`} not in this team and gets nothing</span>
      )}
    </p>
  )
}
