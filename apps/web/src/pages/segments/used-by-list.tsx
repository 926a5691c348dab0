import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Answers } from '../../shell/api.ts'
import { Section } from '../../ui/panel.tsx'

/** Flows and segments that ask for a segment or list, with links. */
export function UsedByList({ uses: { flows, segments } }: { uses: Answers['segments']['get']['uses'] }) {
  const n = flows.length + segments.length
  return (
    <Section title="Used by" right={n === 0 ? undefined : n}>
      {n === 0 ? (
        <p className="muted">Nothing uses it.</p>
      ) : (
        <dl className="facts">
          {flows.map((it) => (
            <Fragment key={it.id}>
              <dt>Flow</dt>
              <dd>
                <Link to="/flows/$flowId" params={{ flowId: it.id }}>
                  {it.name}
                </Link>
              </dd>
            </Fragment>
          ))}
          {segments.map((it) => (
            <Fragment key={it.id}>
              <dt>Segment</dt>
              <dd>
                <Link to="/segments/$segmentId" params={{ segmentId: it.id }}>
                  {it.name}
                </Link>
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
    </Section>
  )
}
