import './who-goes.css'
import type { Catalog, ConfigOf } from '@baton/engine'
import { useState } from 'react'
import { entranceSegment } from '../../editor/entrance-segment.ts'
import { useEditor } from '../../editor/store.ts'
import { useMay } from '../../shell/person.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber, percent } from '../../ui/numbers.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { type CaseCounts, useCases } from './use-cases.ts'

type Config = ConfigOf<'branch'>
type Whom = 'all' | 'among'

/** How many contacts would go each way if all came here now: by the very conditions that decide. LOOK 6. */
export function WhoGoes({ config, catalog }: { config: Config; catalog: Catalog }) {
  const may = useMay('admin', 'marketer', 'sales_manager', 'reviewer')
  const among = useEditor((state) => {
    const [only] = state.selected
    return only === undefined ? null : entranceSegment(state.history.present, only)
  })
  const [whom, setWhom] = useState<Whom>('all')
  const { cases } = config
  const { counts, stale, error, retry } = useCases(
    cases.map((it) => it.when),
    among,
    may && cases.length > 0,
  )
  if (!may || cases.length === 0) return null
  const segment = catalog.segments.find((it) => it.id === among)
  const of = segment && whom === 'among' ? 'among' : 'all'
  return (
    <section className={`who-goes${stale ? ' stale' : ''}`} aria-label="Who would go where" aria-busy={stale}>
      <header className="row">
        <h4 className="grow">Who would go where</h4>
        {counts && (
          <span className="small muted">
            {aboutWords(counts)}
            {fullNumber(scaled(counts, counts.total[of]))} {of === 'among' ? 'in the segment' : 'contacts'}
          </span>
        )}
      </header>
      {segment && (
        <Segmented
          label="Of whom"
          size="small"
          value={of}
          onChange={setWhom}
          options={[
            { value: 'all', label: 'All contacts' },
            { value: 'among', label: `In ${segment.name}` },
          ]}
        />
      )}
      {error !== null && <FailedFrame what="The count" error={error} onRetry={retry} />}
      {counts ? <Ways config={config} counts={counts} of={of} /> : error === null && <SkeletonText lines={3} />}
    </section>
  )
}

const scaled = ({ share }: CaseCounts, n: number) => Math.round(n / share)
const aboutWords = ({ share }: CaseCounts) => (share < 1 ? 'about ' : '')

interface Row {
  key: string
  words: string
  n: number
  tone: string
  out: CaseCounts['cases'][number]['out']
}

function Ways({ config, counts, of }: { config: Config; counts: CaseCounts; of: Whom }) {
  const size = (it: { all: number; among: number } | undefined) => scaled(counts, it?.[of] ?? 0)
  const total = size(counts.total)
  const rows: Row[] = [
    ...config.cases.map(({ id, name }, at) => ({
      key: id,
      words: name.trim() || `Case ${at + 1}`,
      n: size(counts.cases[at]),
      tone: `way-${Math.min(at, 3)}`,
      out: counts.cases[at]?.out ?? null,
    })),
    { key: 'otherwise', words: 'Otherwise', n: size(counts.otherwise), tone: 'rest', out: null },
    ...(size(counts.unknown) > 0
      ? [{ key: 'unknown', words: 'Unknown: a value is missing', n: size(counts.unknown), tone: 'unknown', out: null }]
      : []),
  ]
  const left = rows.flatMap((it) => (it.out === null ? [] : [{ ...it, out: it.out }]))
  return (
    <>
      {total > 0 && (
        <div className="who-bar" aria-hidden="true">
          {rows.map((it) => it.n > 0 && <span key={it.key} className={it.tone} style={{ flexGrow: it.n }} />)}
        </div>
      )}
      <table className="who-rows">
        <tbody>
          {rows.map(({ key, words, n, tone, out }) => (
            <tr key={key}>
              <th scope="row">
                <span className={`who-swatch ${tone}`} aria-hidden="true" />
                <span className="clip" title={words}>
                  {words}
                </span>
              </th>
              <td className="num">{out === null ? <b>{fullNumber(n)}</b> : <span className="muted">–</span>}</td>
              <td className="num muted">{out === null ? percent(n, total) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {size(counts.unknown) > 0 && (
        <p className="small muted">
          Unknown is neither true nor false.{' '}
          {size(counts.unknown) === 1 ? 'This person goes' : `These ${fullNumber(size(counts.unknown))} go`} to Otherwise.
        </p>
      )}
      {left.map(({ key, words, out }) => (
        <p key={key} className="small muted">
          {words} is not counted. {out.inside ? 'It asks for something that only people in the flow have.' : out.say}
        </p>
      ))}
      {counts.share < 1 && (
        <p className="small muted">Estimated from {percent(counts.share, 1)} of the contacts. The exact count follows.</p>
      )}
    </>
  )
}
