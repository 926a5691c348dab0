import { Tooltip } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

type Props = {
  words: ReactNode
  keys?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  /** Not now: the words stand there already, or what they name is open. */
  off?: boolean | undefined
  children: ReactElement
}

/** A tooltip on hover and focus, after 400 ms. The child must take a ref (any plain element does). */
export function Tip({ words, keys, side = 'bottom', off = false, children }: Props) {
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
      disabled={off}
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
