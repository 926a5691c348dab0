import './charts.css'

type Props = {
  /** Read aloud and in the tooltip: "Entered, 14 days". */
  label: string
  values: readonly number[]
  width?: number | undefined
  height?: number | undefined
}

/** Bars from zero, the last (today) in ink. No value, no bar; a small value is still seen. */
export function Sparkline({ label, values, width = 84, height = 22 }: Props) {
  const most = Math.max(1, ...values)
  const step = (width + 1.6) / Math.max(1, values.length)
  const words = `${label}: ${values.join(', ')}`
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
      <title>{words}</title>
      {values.map((value, at) => {
        const tall = value === 0 ? 0 : Math.max(1.5, (height * value) / most)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
            key={at}
            className={at === values.length - 1 ? 'last' : undefined}
            x={at * step}
            y={height - tall}
            width={Math.max(1, step - 1.6)}
            height={tall}
            rx={1}
          />
        )
      })}
    </svg>
  )
}
