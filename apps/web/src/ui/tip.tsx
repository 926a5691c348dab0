import { Tooltip } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

type Props = {
  words: ReactNode
  keys?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  children: ReactElement
}

/** A tooltip on hover and focus, after 400 ms. The child must take a ref (any plain element does). */
export function Tip({ words, keys, side = 'bottom', children }: Props) {
  return (
    <Tooltip
      label={
        keys === undefined ? (
          words
        ) : (
          <>
            {words} <span style={{ opacity: 0.7 }}>{keys}</span>
          </>
        )
      }
      position={side}
      openDelay={400}
      offset={6}
      transitionProps={{ duration: 80 }}
      events={{ hover: true, focus: true, touch: false }}
    >
      {children}
    </Tooltip>
  )
}
