import type { Answers } from '../../shell/api.ts'
import type { FlowTab } from './routes.tsx'

export type FlowLine = Answers['flows']['list'][number]

/** A state as the dot and the word of the list. */
export const STATES: Readonly<Record<FlowLine['status'], { words: string; tone: 'ok' | 'warn' | 'faint' }>> = {
  draft: { words: 'Draft', tone: 'faint' },
  live: { words: 'Live', tone: 'ok' },
  paused: { words: 'Paused', tone: 'warn' },
  draining: { words: 'Letting people out', tone: 'warn' },
  stopped: { words: 'Stopped', tone: 'faint' },
  archived: { words: 'Archived', tone: 'faint' },
}

const TAB_OF: Readonly<Record<FlowLine['status'], Exclude<FlowTab, 'all'>>> = {
  draft: 'drafts',
  live: 'live',
  draining: 'live',
  paused: 'paused',
  stopped: 'paused',
  archived: 'archived',
}

export const inTab = ({ status }: FlowLine, tab: FlowTab) => (tab === 'all' ? status !== 'archived' : TAB_OF[status] === tab)

/** What needs to be said below the name: problems first, then a draft that waits. */
export function secondLine(flow: FlowLine): { words: string; tone: 'danger' | 'warn' | 'plain' } | null {
  if (flow.status === 'archived') return null
  if (flow.errors > 0 && (flow.changed || flow.liveVersion === null)) {
    return { words: flow.errors === 1 ? (flow.problem ?? '1 error') : `${flow.errors} errors`, tone: 'danger' }
  }
  if (flow.warnings > 0)
    return { words: flow.warnings === 1 ? `1 warning: ${flow.problem ?? ''}` : `${flow.warnings} warnings`, tone: 'warn' }
  if (flow.changed) return { words: `Draft ${(flow.liveVersion ?? 0) + 1} is not published`, tone: 'plain' }
  return null
}
