import { Link } from '@tanstack/react-router'
import { Callout } from '../../../ui/callout.tsx'
import { fullNumber, percent } from '../../../ui/numbers.ts'
import type { Territory } from './team.ts'
import type { Coverage } from './use-coverage.ts'

type Props = { coverage: Coverage; share: number; territories: readonly Territory[] }

/** What the counts say of all territories together: who fits two, and who fits none. */
export function CoverageNotes({ coverage: { overlaps, both, nobody, total }, share, territories }: Props) {
  const nameOf = (id: string) => territories.find((it) => it.id === id)?.name ?? '…'
  const about = (n: number) => `${share < 1 ? 'about ' : ''}${fullNumber(Math.round(n / share))}`
  return (
    <>
      {overlaps.length > 0 && (
        <Callout tone="warn" title="Some people fit two territories. The earlier one gets them.">
          <span className="overlap-list">
            {overlaps.map(({ first, second, people }) => (
              <span key={`${first} ${second}`}>
                {about(people)} fit <b>{nameOf(first)}</b> and <b>{nameOf(second)}</b>: {nameOf(first)} gets them.
              </span>
            ))}
            <span className="overlap-people small">
              {both.map(({ id, key, name, fits }) => (
                <Link key={id} to="/contacts/$contactId" params={{ contactId: String(id) }} title={fits.map(nameOf).join(', ')}>
                  {name || key}
                </Link>
              ))}
            </span>
          </span>
        </Callout>
      )}
      {total > 0 && (
        <p className="muted">
          {about(nobody)} of {about(total)} people ({percent(nobody, total)}) fit none: their leads go to whoever’s turn it is.
        </p>
      )}
    </>
  )
}
