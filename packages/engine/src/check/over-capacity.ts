import { isHandOff } from './one-click.ts'
import type { Rule } from './subject.ts'
import { listed } from './words.ts'

const shown = (n: number) => (n >= 10 ? Math.round(n) : Math.round(n * 10) / 10).toLocaleString('en')

/** More leads than a team can take, where a simulation has told. E-330. */
export const overCapacity: Rule = ({ nodes, catalog, context: { forecast } }) =>
  (forecast?.handOffs ?? []).flatMap(({ teamId, perWorkday, capacity, full = [] }) => {
    if (perWorkday <= capacity) return []
    const at = [...nodes.values()].filter(
      (it) => isHandOff(it) && it.kind.references(it.config).some((one) => one.kind === 'team' && one.id === teamId),
    )
    if (at.length === 0) return []
    const who = full.length === 0 ? '' : ` ${listed(full)} ${full.length === 1 ? 'has' : 'have'} no room for another lead most of the time.`
    const team = catalog.teams.find((it) => it.id === teamId)?.name ?? teamId
    return [
      {
        code: 'over-capacity',
        severity: 'warning' as const,
        nodes: at.map((it) => it.id),
        say: `${team} would get ${shown(perWorkday)} leads a working day and can take ${shown(capacity)}.${who} Hand over fewer, let fewer through at a time, or give the team more people.`,
      },
    ]
  })
