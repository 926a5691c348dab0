import type { Catalog, WalkMoment } from '@baton/engine'
import { pointsWords } from '../../pages/contacts/people.ts'
import { shown } from '../../pages/contacts/reasons/parts.ts'

/** The lead as the rep would see it: why, what travels with it, the points. */
export function LeadLook({ lead, catalog }: { lead: WalkMoment['leads'][number]; catalog: Catalog }) {
  const { packet, teamId } = lead
  const team = catalog.teams.find((it) => it.id === teamId)?.name ?? 'a team that is gone'
  const label = (key: string) => catalog.fields.find((it) => it.key === key)?.label ?? key
  const points = Object.entries(packet.scores).map(
    ([id, sum]) => [catalog.dimensions.find((it) => it.id === id)?.name ?? id, pointsWords(sum)] as const,
  )
  return (
    <section className="lead-look" aria-label="What the rep would get">
      <h4>
        For {team}: {packet.why === '' ? 'a lead' : packet.why}
      </h4>
      {packet.note !== null && <p className="small">{packet.note}</p>}
      <dl className="facts">
        {Object.entries(packet.fields).map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{label(key)}</dt>
            <dd>{shown(value)}</dd>
          </div>
        ))}
        {points.map(([name, sum]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="num">{sum}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
