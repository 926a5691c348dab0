import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FlowDrawing } from '../../drawing/flow-drawing.tsx'
import { readStep } from '../../editor/geometry.ts'
import { cardOf } from '../../nodes/registry.ts'
import { api } from '../../shell/api.ts'
import { CategoryTile } from '../../ui/category-tile.tsx'
import { Select } from '../../ui/fields.tsx'
import { NeedsList } from './needs-list.tsx'
import type { Programme } from './queries.ts'
import { stepsInWords, type WordedStep } from './steps-in-words.ts'

type Props = { programme: Programme; team: string | null; onTeam: (team: string | null) => void; mayUse: boolean }

/** One programme before it is used: drawn in full, what it will need, and its steps in words. */
export function Preview({ programme, team, onTeam, mayUse }: Props) {
  const { graph, catalog, needs, when, asksTeam, name } = programme
  const steps = stepsInWords(graph, catalog)
  return (
    <div className="programme-preview">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a picture that is larger than its place is moved by the keyboard too */}
      <section className="programme-drawing" aria-label={`Drawing of ${name}`} tabIndex={0}>
        <FlowDrawing graph={graph} catalog={catalog} title={`${name}, ${graph.nodes.length} steps. The steps in words stand beside it.`} />
      </section>
      <div className="programme-about">
        <p>{when}</p>
        {asksTeam && mayUse && <TeamChoice team={team} onTeam={onTeam} />}
        <section>
          <h3>What it works with</h3>
          <NeedsList needs={needs.filter((it) => it.kind !== 'team')} />
          <p className="small muted">
            What comes along are drafts: nothing is sent before you publish. Read the mails and set their links first.
          </p>
        </section>
        <section>
          <h3>Step by step</h3>
          <ol className="programme-steps">
            {steps.map((it) => (
              <StepLine key={it.node.id} step={it} />
            ))}
          </ol>
        </section>
      </div>
    </div>
  )
}

function StepLine({ step: { node, number, sentence, ways } }: { step: WordedStep }) {
  const read = readStep(node)
  const Icon = read && cardOf(node.type)?.icon(read.config)
  return (
    <li>
      <span className="num faint" aria-hidden="true">
        {number}
      </span>
      <CategoryTile size="s" category={read?.kind.category ?? 'exit'}>
        {Icon && <Icon stroke={1.75} />}
      </CategoryTile>
      <span className="grow">
        {sentence.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words of a sentence are their places
          <span key={at} className={part.kind === 'plain' ? 'muted' : undefined}>
            {part.text}
          </span>
        ))}
        {ways.length > 0 && (
          <span className="small muted programme-ways">
            {ways.map(({ label, to }) => (
              <span key={`${label} ${to}`}>
                {label === '' ? 'go on at' : label}
                {label === '' ? ' ' : ' → '}
                {to}
              </span>
            ))}
          </span>
        )}
      </span>
    </li>
  )
}

/** The one thing that no programme can know. */
function TeamChoice({ team, onTeam }: Pick<Props, 'team' | 'onTeam'>) {
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const teams = catalog.data?.teams ?? []
  if (catalog.data && teams.length === 0) {
    return (
      <p className="callout-line">
        There is no sales team yet. Use the programme now and choose one on the canvas later, or{' '}
        <Link to="/settings/teams">
          make a team <IconExternalLink size={12} stroke={1.75} aria-hidden="true" />
        </Link>{' '}
        first.
      </p>
    )
  }
  return (
    <Select
      label="Sales team that gets the people"
      placeholder="Choose on the canvas later"
      clearable
      clearButtonProps={{ 'aria-label': 'No team' }}
      data={teams.map((it) => ({ value: it.id, label: it.members === 0 ? `${it.name} (nobody in it yet)` : it.name }))}
      value={team}
      onChange={onTeam}
    />
  )
}
