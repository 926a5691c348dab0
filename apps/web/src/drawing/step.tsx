import type { Catalog, FlowNode } from '@baton/engine'
import { wordsOf } from '../editor/canvas/card-words.ts'
import { FOLDED } from '../editor/canvas/groups.ts'
import { CARD, readStep, shapeOf } from '../editor/geometry.ts'
import type { Count } from '../editor/store.ts'
import { cardOf } from '../nodes/registry.ts'
import { foldNumber } from '../ui/numbers.ts'
import { breakLines, type Run } from './lines.ts'
import { measureAt } from './measure.ts'
import type { Paint } from './paint.ts'
import { Tile } from './tile.tsx'

type Props = { node: FlowNode; catalog: Catalog; paint: Paint; count: Count | undefined; counted: boolean }

const plain = (text: string): Run[] => [{ text, strong: false }]

/** A line of words; each run in its look. */
function Line({ runs, x, y, paint, size = 13 }: { runs: readonly Run[]; x: number; y: number; paint: Paint; size?: number }) {
  return (
    <text x={x} y={y} fontSize={size} fill={paint('text-2')} style={{ whiteSpace: 'pre' }}>
      {runs.map((it, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words of a sentence are their places
        <tspan key={at} {...(it.strong ? { fontWeight: 550, fill: paint(it.missing ? 'danger' : 'text') } : {})}>
          {it.text}
        </tspan>
      ))}
    </text>
  )
}

/** A step as on the canvas, drawn. */
export function DrawnStep({ node, catalog, paint, count, counted }: Props) {
  if (node.type === FOLDED) return <DrawnFolded node={node} paint={paint} />
  const read = readStep(node)
  const shape = shapeOf(node)
  const category = read?.kind.category ?? 'exit'
  const card = read && cardOf(node.type)
  const { sentence, name } = wordsOf(node, read, catalog)
  const runs: Run[] = name
    ? [{ text: name, strong: true }]
    : sentence.map(({ text, kind }) => ({ text, strong: kind !== 'plain', missing: kind === 'missing' }))
  const body = shape.contract ? CARD.wideBody : CARD.body
  const height = shape.height + (counted && shape.row ? CARD.countedPorts - CARD.ports : 0)
  const big = shape.contract
  const left = big ? 60 : 50
  const most = big ? 1 : 2
  const lines = breakLines(runs, { width: shape.width - left - 10, most, measure: measureAt(big ? 14 : 13) })
  const terms = read && card ? (card.terms?.(read.config, catalog) ?? []) : []
  const first = terms.length > 0 ? 29 : body / 2 + (lines.length === 1 ? 4.5 : -4)
  const { x, y } = node.position
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width={shape.width} height={height} rx={8} fill={paint('raised')} />
      {big && <path d={`M0 8A8 8 0 0 1 8 0H${shape.width - 8}A8 8 0 0 1 ${shape.width} 8V${body}H0Z`} fill="url(#contract)" />}
      <Tile
        category={category}
        icon={read && card?.icon(read.config)}
        paint={paint}
        x={big ? 12 : 9}
        y={big ? 17 : 12}
        size={big ? 36 : 32}
      />
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are their places
        <Line key={at} runs={line} x={left} y={first + at * 17} paint={paint} size={big ? 14 : 13} />
      ))}
      {terms.length > 0 && <Terms terms={terms} width={shape.width - left - 12} x={left} paint={paint} />}
      {shape.row && <Ports node={node} top={body} height={height - body} paint={paint} count={counted ? (count ?? none) : undefined} />}
      <rect
        width={shape.width}
        height={height}
        rx={8}
        fill="none"
        stroke={paint('line-strong')}
        {...(big ? { style: { stroke: paint('sales'), strokeOpacity: 0.5 } } : {})}
      />
      {shape.ports.length > 1 && <Dots node={node} y={height} paint={paint} />}
      {counted && <Counts count={count ?? none} right={shape.width - 8} paint={paint} />}
    </g>
  )
}

const none: Count = { passed: 0, here: 0, parked: 0, undecided: 0, ports: {} }

type TermsProps = { terms: readonly { icon: Parameters<typeof Tile>[0]['icon']; words: string }[]; width: number; x: number; paint: Paint }

function Terms({ terms, width, x, paint }: TermsProps) {
  const measure = measureAt(12)
  let at = x
  return terms.map(({ icon: Icon, words }) => {
    const left = at
    const [line = []] = breakLines(plain(words), { width: Math.max(24, x + width - left - 18), most: 1, measure })
    at = left + 30 + line.reduce((sum, it) => sum + measure(it.text, false), 0)
    if (left > x + width - 42) return null
    return (
      <g key={words}>
        {Icon && <Icon x={left} y={38} size={14} stroke={1.75} color={paint('text-2')} aria-hidden="true" />}
        <Line runs={line} x={left + 18} y={49} paint={paint} size={12} />
      </g>
    )
  })
}

function Ports({
  node,
  top,
  height,
  paint,
  count,
}: {
  node: FlowNode
  top: number
  height: number
  paint: Paint
  count: Count | undefined
}) {
  const { width, ports } = shapeOf(node)
  const each = width / ports.length
  const measure = measureAt(11, 500)
  return (
    <g>
      <path
        d={`M0 ${top}H${width}V${top + height - 8}A8 8 0 0 1 ${width - 8} ${top + height}H8A8 8 0 0 1 0 ${top + height - 8}Z`}
        fill={paint('surface-2')}
      />
      <path d={`M0 ${top}H${width}`} stroke={paint('line')} />
      {ports.map(({ id, label }, at) => {
        const [line = []] = breakLines(plain(label), { width: each - 8, most: 1, measure })
        const middle = each * (at + 0.5)
        return (
          <g key={id} textAnchor="middle">
            {at > 0 && <path d={`M${each * at} ${top}V${top + height}`} stroke={paint('line')} />}
            <text x={middle} y={top + (count ? 14 : height / 2 + 4)} fontSize={11} fontWeight={500} fill={paint('text-2')}>
              {line.map((it) => it.text).join('')}
            </text>
            {count && (
              <text x={middle} y={top + 28} fontSize={13} fontWeight={600} fill={paint('text')}>
                {foldNumber(count.ports[id] ?? 0)}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}

function Dots({ node, y, paint }: { node: FlowNode; y: number; paint: Paint }) {
  const { width, ports } = shapeOf(node)
  return ports.map(({ id }, at) => (
    <circle
      key={id}
      cx={(width * (at + 0.5)) / ports.length}
      cy={y}
      r={3.25}
      fill={paint('raised')}
      stroke={paint('edge-strong')}
      strokeWidth={1.5}
    />
  ))
}

/** Pills over the upper edge: who came, who is here, who stands still. */
function Counts({ count, right, paint }: { count: Count; right: number; paint: Paint }) {
  const measure = measureAt(13, 600)
  const pills = [
    { words: foldNumber(count.passed), fill: 'raised', line: 'line-strong', text: 'text' },
    ...(count.here > count.parked ? [{ words: `${foldNumber(count.here)} here`, fill: 'accent', line: 'accent', text: 'on-accent' }] : []),
    ...(count.parked > 0
      ? [{ words: `${foldNumber(count.parked)} parked`, fill: 'danger-soft', line: 'danger-line', text: 'danger' }]
      : []),
  ]
  const widths = pills.map((it) => measure(it.words, false) + 16)
  let x = right - widths.reduce((sum, it) => sum + it, 0) - 4 * (pills.length - 1)
  return pills.map((it, at) => {
    const left = x
    const width = widths[at] ?? 0
    x += width + 4
    return (
      <g key={it.fill}>
        <rect x={left} y={-14} width={width} height={20} rx={10} fill={paint(it.fill)} stroke={paint(it.line)} />
        <text x={left + width / 2} y={0.5} textAnchor="middle" fontSize={13} fontWeight={600} fill={paint(it.text)}>
          {it.words}
        </text>
      </g>
    )
  })
}

function DrawnFolded({ node, paint }: { node: FlowNode; paint: Paint }) {
  const { x, y } = node.position
  const [line = []] = breakLines([{ text: String(node.data.name), strong: true }], {
    width: CARD.width - 24,
    most: 1,
    measure: measureAt(13),
  })
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width={CARD.width} height={CARD.body} rx={14} fill={paint('raised')} stroke={paint('n8')} strokeDasharray="4 3" />
      <Line runs={line} x={14} y={25} paint={paint} />
      <Line runs={plain(`${String(node.data.steps)} steps`)} x={14} y={42} paint={paint} size={12} />
    </g>
  )
}
