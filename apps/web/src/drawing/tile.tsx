import type { Category } from '@baton/engine'
import { IconLock, type TablerIcon } from '@tabler/icons-react'
import type { Paint } from './paint.ts'

/** The shape of a category, 32 × 32: the second sign beside its hue. */
function Shape({ category, fill }: { category: Category; fill: string }) {
  switch (category) {
    case 'trigger':
      return <circle cx={16} cy={16} r={15} fill={fill} />
    case 'wait':
      return <path d="M6 1H16A15 15 0 0 1 16 31H6A5 5 0 0 1 1 26V6A5 5 0 0 1 6 1Z" fill={fill} />
    case 'logic':
      return <rect x={5} y={5} width={22} height={22} rx={4} transform="rotate(45 16 16)" fill={fill} />
    case 'action':
      return <rect x={2} y={2} width={28} height={28} rx={7} fill={fill} />
    case 'sales':
      return <path d="M4 2H23.5L35 16L23.5 30H4A3 3 0 0 1 1 27V5A3 3 0 0 1 4 2Z" fill={fill} />
    case 'exit':
      return <circle cx={16} cy={16} r={12.5} fill="none" stroke={fill} strokeWidth={3} />
  }
}

type Props = { category: Category; icon: TablerIcon | undefined; paint: Paint; x: number; y: number; size?: number | undefined }

/** The glyph of a step on the shape of its category. */
export function Tile({ category, icon: Icon = IconLock, paint, x, y, size = 32 }: Props) {
  const glyph = category === 'exit' ? 14 : category === 'logic' ? 15 : 16
  const left = 16 - glyph / 2 - (category === 'sales' ? 2 : 0)
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 32})`}>
      <Shape category={category} fill={paint(category)} />
      <Icon
        x={left}
        y={16 - glyph / 2}
        size={glyph}
        stroke={1.75}
        color={category === 'exit' ? paint('exit') : paint('on-cat')}
        aria-hidden="true"
      />
    </g>
  )
}
