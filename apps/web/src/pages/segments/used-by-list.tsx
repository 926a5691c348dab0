import { Fragment } from 'react'
import { sortWord, UseLink } from '../../shell/use-link.tsx'
import type { Use } from '../../shell/used.ts'
import { Section } from '../../ui/panel.tsx'

/** Everything that asks for a segment or list, with links. */
export function UsedByList({ uses }: { uses: readonly Use[] }) {
  return (
    <Section title="Used by" right={uses.length === 0 ? undefined : uses.length}>
      {uses.length === 0 ? (
        <p className="muted">Nothing uses it.</p>
      ) : (
        <dl className="facts">
          {uses.map((use) => (
            <Fragment key={`${use.by} ${use.id}`}>
              <dt>{sortWord(use)}</dt>
              <dd>
                <UseLink use={use} />
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
    </Section>
  )
}
