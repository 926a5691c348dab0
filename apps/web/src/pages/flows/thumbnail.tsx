import type { Answers } from '../../shell/api.ts'

type Sketch = Answers['flows']['list'][number]['sketch']

/** The flow as a few bars in the colours of its steps: 44 × 30, drawn from the places on the canvas. */
export function Thumbnail({ sketch }: { sketch: Sketch }) {
  const bars = sketch.map((it) => ({ ...it, width: it.wide ? 532 : 224, height: it.wide ? 96 : 60 }))
  const left = Math.min(...bars.map((it) => it.x))
  const top = Math.min(...bars.map((it) => it.y))
  const width = Math.max(224, ...bars.map((it) => it.x + it.width - left))
  const height = Math.max(120, ...bars.map((it) => it.y + it.height - top))
  // Bars keep at least 2.4 of 24 px in height, whatever the flow's length.
  const tall = Math.max(1, (2.4 * height) / 24 / 60)
  return (
    <svg className="thumb" width={46} height={32} aria-hidden="true">
      {bars.length > 0 && (
        <svg x={5} y={4} width={36} height={24} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
          {bars.map((it) => (
            <rect
              key={`${it.x},${it.y}`}
              x={it.x}
              y={it.y}
              width={it.width}
              height={it.height * tall}
              rx={18 * tall}
              fill={`var(--${it.category})`}
            />
          ))}
        </svg>
      )}
    </svg>
  )
}
