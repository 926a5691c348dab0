import './states.css'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

const icons = { plain: IconInfoCircle, warn: IconAlertTriangle, danger: IconAlertTriangle, ok: IconCircleCheck }

type Props = { tone?: keyof typeof icons | undefined; title: ReactNode; children?: ReactNode; action?: ReactNode }

/** A sentence that must be read before going on, with sign and colour. */
export function Callout({ tone = 'plain', title, children, action }: Props) {
  const Icon = icons[tone]
  return (
    <div className={`callout ${tone}`} role={tone === 'danger' ? 'alert' : 'note'}>
      <Icon size={16} stroke={1.75} className={tone === 'plain' ? 'faint' : tone} aria-hidden="true" />
      <div>
        <strong>{title}</strong>
        {children !== undefined && <p>{children}</p>}
      </div>
      {action}
    </div>
  )
}
