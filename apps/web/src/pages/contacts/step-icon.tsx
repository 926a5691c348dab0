import { IconLock } from '@tabler/icons-react'
import { cardOf } from '../../nodes/registry.ts'
import type { StepFace } from './passage-steps.ts'

/** The glyph of a step, as on the canvas. */
export function StepIcon({ face: { type, config } }: { face: Pick<StepFace, 'type' | 'config'> }) {
  const card = cardOf(type)
  const Icon = card && config !== undefined ? card.icon(config) : IconLock
  return <Icon size={12} stroke={1.75} aria-hidden="true" />
}
