import { IconLock } from '@tabler/icons-react'
import { screenOf } from '../../nodes/registry.ts'
import type { StepFace } from './passage-steps.ts'

/** The glyph of a step, as on the canvas. */
export function StepIcon({ face: { type, config } }: { face: Pick<StepFace, 'type' | 'config'> }) {
  const screen = screenOf(type)
  const Icon = screen && config !== undefined ? screen.card.icon(config) : IconLock
  return <Icon size={12} stroke={1.75} aria-hidden="true" />
}
