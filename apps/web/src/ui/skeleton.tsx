import './states.css'

const widths = [46, 62, 38, 54, 70, 42]

/** Rows in their final height while a list loads. Appears only after 200 ms, so that quick answers do not flicker. */
export function SkeletonRows({ rows = 8, height = 40 }: { rows?: number | undefined; height?: number | undefined }) {
  return (
    <div className="bones" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
        <div key={at} className="bone-row" style={{ height }}>
          <div className="bone" style={{ width: `${widths[at % widths.length]}%`, maxWidth: 320 }} />
          <div className="bone" style={{ width: 64, marginLeft: 'auto' }} />
          <div className="bone" style={{ width: 44 }} />
        </div>
      ))}
    </div>
  )
}

/** Lines of text while a panel loads. */
export function SkeletonText({ lines = 3 }: { lines?: number | undefined }) {
  return (
    <div className="bones stack" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity
        <div key={at} className="bone" style={{ width: `${30 + (widths[at % widths.length] ?? 40)}%` }} />
      ))}
    </div>
  )
}
