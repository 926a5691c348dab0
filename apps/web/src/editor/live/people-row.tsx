import { callOf } from '@baton/engine'
import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Avatar } from '../../ui/marks.tsx'

export interface Somebody {
  contactId: number
  key: string
  name: string
  company: string | null
  node: string
  version: number
  objectKey: string
  parked: { message: string } | null
}

export type Deed = 'move' | 'leave' | 'retry'

type Props = {
  person: Somebody /** Said instead of company and address. */
  note?: string | undefined
  children?: ReactNode
  onDeed?: ((deed: Deed, person: Somebody) => void) | undefined
}

/** One person of a list: who, why they stand still, and what can be done about it. */
export function PersonRow({ person, note, children, onDeed }: Props) {
  const router = useRouter()
  const { contactId, name, key, company, parked, objectKey } = person
  const href = `/contacts/${contactId}`
  return (
    <li>
      <Avatar name={name} quiet />
      <div className="grow">
        <a
          href={href}
          className="name clip"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            router.history.push(href)
          }}
        >
          {name}
        </a>
        <p className={parked ? 'small danger' : 'small muted clip'}>
          {parked
            ? parked.message
            : (note ?? [company, name === key ? null : key, objectKey === '' ? null : objectKey].filter(Boolean).join(' · '))}
        </p>
      </div>
      <div className="when small muted">{children}</div>
      {onDeed && (
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <button type="button" className="btn quiet small icon" aria-label={`What can be done with ${name}`}>
              <IconDots size={14} stroke={1.75} aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {parked && <Menu.Item onClick={() => onDeed('retry', person)}>Try again</Menu.Item>}
            <Menu.Item onClick={() => onDeed('move', person)}>Move…</Menu.Item>
            <Menu.Item data-danger onClick={() => onDeed('leave', person)}>
              Take out…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  )
}

/** Whether somebody is at the step now, or at a step of the flow inside it. */
export const isAt = (person: { node: string }, node: string): boolean => callOf(person.node) === callOf(node)
