import { foldNumber, fullNumber } from './numbers.ts'

/** A count: folded where space is short, with the full number in the title. A dash means "does not apply", 0 means none. */
export function NumberText({ value, fold = false }: { value: number | null | undefined; fold?: boolean | undefined }) {
  if (value === null || value === undefined) return <span className="faint">–</span>
  const short = fold ? foldNumber(value) : fullNumber(value)
  const full = fullNumber(value)
  return (
    <span className="num" title={short === full ? undefined : full}>
      {short}
    </span>
  )
}
